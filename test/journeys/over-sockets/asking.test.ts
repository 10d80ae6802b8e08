/** Asking, the same journeys once more over Socket Mode. */
import '../../support/over-sockets.ts';
import '../asking.test.ts';
