/** The main job, the same journeys once more over Socket Mode. */
import '../../support/over-sockets.ts';
import '../main-job.test.ts';
