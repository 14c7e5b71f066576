"""Writes the golden vectors of a model with ONNX Runtime's Python package, independently of the Rust code.

    pip install onnxruntime tokenizers numpy
    python make_embeddings.py MODEL_FOLDER mean|cls QUERY_PREFIX > embeddings-NAME.json

One unpadded row a run, cut at 256 tokens, pooled, scaled to length 1. A vector is kept as its first 16 numbers, its
sum and the sum of its numbers each weighted with its position, which together give away any other vector.
"""

import json
import sys

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

MAX_TOKENS = 256

TEXTS = [
    "",
    "Heat",
    "a thief who steals secrets out of people's dreams",
    "Amélie — le fabuleux destin d'une serveuse à Montmartre; ÉTÉ, naïveté, œuvre",
    "七人の侍 : 村人たちに雇われた侍が野武士と戦う",
    "Брат: Данила приезжает в Петербург 🚬🔫 👨‍👩‍👧",
    "The Matrix (1999) [SEP] Director: Lana Wachowski, Lilly Wachowski Cast: Keanu Reeves\n\tKeywords: hacker, dystopia",
    "A young woman finds a letter beneath the floor of her grandmother's house and sets out across the country with a "
    "reluctant stranger to find the man who wrote it. Along the way they lose a car, a job and most of what they "
    "believed about their families, and learn that some doors are better left closed. Meanwhile a retired detective, "
    "who never solved the case that the letter speaks of, follows them from motel to motel.",
    " ".join(f"chapter {n}: the river rises and the town waits for a boat that never comes." for n in range(60)),
]


def main(folder: str, pooling: str, query_prefix: str) -> None:
    tokenizer = Tokenizer.from_file(f"{folder}/tokenizer.json")
    tokenizer.no_padding()
    tokenizer.enable_truncation(MAX_TOKENS)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(f"{folder}/model.onnx", options, providers=["CPUExecutionProvider"])

    def embed(text: str) -> dict:
        ids = np.array([tokenizer.encode(text).ids], dtype=np.int64)
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        hidden = session.run(None, inputs)[0][0].astype(np.float64)
        vector = hidden.mean(axis=0) if pooling == "mean" else hidden[0]
        vector /= np.linalg.norm(vector)
        return {
            "tokens": ids.shape[1],
            "first": [round(float(x), 6) for x in vector[:16]],
            "sum": round(float(vector.sum()), 6),
            "weighted_sum": round(float((vector * np.arange(1, len(vector) + 1)).sum()), 4),
        }

    golden = [
        {"text": text, "passage": embed(text), **({"query": embed(query_prefix + text)} if query_prefix else {})}
        for text in TEXTS
    ]
    json.dump(golden, sys.stdout, ensure_ascii=False, indent=1)
    print()


if __name__ == "__main__":
    main(*sys.argv[1:])
