"""The command line of training: `python -m train CORPUS… --out DIR`, and its sisters pretrain, evaluate, …"""

import io
import os
import sys

# Compiled blocks and torch each bring a pool of OpenMP threads; waiting threads must sleep, not spin,
# or the two pools fight over the cores (measured: 1,100 tokens/s against 4,700). Read when torch is loaded.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")

from train.commands import main

if __name__ == "__main__":
    if isinstance(sys.stdout, io.TextIOWrapper):  # JSON is UTF-8, whatever the system would write
        sys.stdout.reconfigure(encoding="utf-8")
    sys.exit(main(sys.argv[1:]))
