"""`python -m bench.counting PROJECTS` prints how many queries each page takes in a county of that size."""

import json
import sys

from bench import county, inside

if __name__ == "__main__":
    county.prepare(int(sys.argv[1]))
    print(json.dumps(inside.queries_of(county.liaison())))
