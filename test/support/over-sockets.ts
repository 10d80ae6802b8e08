/** Imported before journeys: they are played over Socket Mode. Each file of tests is a process of its own. */
import { playOver } from './transport.ts';

playOver('socket');
