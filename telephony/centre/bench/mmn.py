"""A bare M/M/n in SimPy 3: the peer of mmn.ts. Prints calls per second of wall time.

Usage: mmn.py AGENTS CALLS SEED. Occupancy 0.9, handling 180 s; nothing is written down.
"""

import json
import random
import sys
import time

import simpy


def main():
    agents, calls, seed = (int(word) for word in sys.argv[1:4])
    handle = 180.0
    rate = 0.9 * agents / handle
    rng = random.Random(seed)
    env = simpy.Environment()
    pool = simpy.Resource(env, capacity=agents)
    done = [0, 0.0]

    def call():
        came = env.now
        with pool.request() as request:
            yield request
            done[1] += env.now - came
            yield env.timeout(rng.expovariate(1 / handle))
        done[0] += 1

    def source():
        for _ in range(calls):
            yield env.timeout(rng.expovariate(rate))
            env.process(call())

    started = time.perf_counter()
    env.process(source())
    env.run()
    seconds = time.perf_counter() - started
    print(json.dumps({"calls": done[0], "seconds": seconds, "callsPerSecond": done[0] / seconds, "meanWaitSeconds": done[1] / done[0]}))


main()
