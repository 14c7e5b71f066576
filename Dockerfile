# syntax=docker/dockerfile:1
# CineMatch as a container: docker build -t cinematch . && docker run -p 7860:7860 -v cinematch:/data cinematch

ARG NODE_VERSION=22
ARG RUST_VERSION=1.95
# The model that is baked in; `--build-arg MODEL=` leaves it out.
ARG MODEL=fast

FROM node:${NODE_VERSION}-bookworm-slim AS node

# --- Build: compilers and every dependency; nothing of this stage is kept but what the last one copies ---
FROM rust:${RUST_VERSION}-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /app

COPY package.json package-lock.json .npmrc ./
RUN --mount=type=cache,target=/root/.npm npm ci

# What cargo and npm downloaded and cargo compiled is kept by the builder beside the layers: after a change of the
# sources, only they are compiled again.
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/app/target \
  npm run build && strip --strip-unneeded native/*.node

# Whether it was kept or downloaded just now, the model is checked against its pinned checksum.
ARG MODEL
ARG HF_ENDPOINT=https://huggingface.co
RUN --mount=type=cache,target=/kept-models \
  mkdir /models && if [ -n "$MODEL" ]; then \
    export MODEL_DIR="/kept-models/$MODEL" && node bin/cinematch.js model fetch \
    && cd "$MODEL_DIR" && cp --parents */model.onnx */tokenizer.json /models; \
  fi

# Of onnxruntime-node, which has the libraries of all platforms, only the one library that runs here goes along.
RUN cp "node_modules/onnxruntime-node/bin/napi-v6/linux/$(node -p process.arch)/libonnxruntime.so.1" native/ \
  && npm prune --omit=dev

# --- Run: no compilers, not root ---
FROM node:${NODE_VERSION}-bookworm-slim
LABEL org.opencontainers.image.title="CineMatch" \
  org.opencontainers.image.description="Movie search and recommendation engine" \
  org.opencontainers.image.licenses="MIT"
ARG MODEL
ENV NODE_ENV=production \
  PORT=7860 \
  DATA_DIR=/data \
  MODEL_DIR=/models \
  MODEL=${MODEL}
WORKDIR /app
COPY --from=build /app/node_modules ./node_modules
COPY --from=build --chown=node:node /models /models
RUN install --directory --owner=node --group=node /data && ln -s /app/bin/cinematch.js /usr/local/bin/cinematch
# What changes with every version comes last.
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/data ./data
COPY --from=build /app/bin ./bin
COPY --from=build /app/native ./native
COPY --from=build /app/dist ./dist
# node's user by its number: Kubernetes cannot tell from a name that it is not root.
USER 1000:1000
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/cinematch.js", "serve"]
