/** Home and the lists, the same journeys once more over Socket Mode. */
import '../../support/over-sockets.ts';
import '../home-and-pending.test.ts';
