import { describe } from 'vitest';
import { referenceSystems } from './reference-systems.ts';
import { testSystems } from './theory.fixture.ts';

describe('the automaton, lived as days that start empty, agrees with published simulations', () => {
  testSystems(referenceSystems.filter(({ dayUnits }) => dayUnits));
});
