import { describe } from 'vitest';
import { referenceSystems } from './reference-systems.ts';
import { testSystems } from './theory.fixture.ts';

describe('the automaton, lived without abandonment, is Erlang C', () => {
  testSystems(referenceSystems.filter(({ callers, dayUnits }) => !callers.patienceMs && !dayUnits));
});
