# syntax=docker/dockerfile:1
# CineMatch as a container: docker build -t cinematch . && docker run -p 7860:7860 -v cinematch:/data cinematch

ARG NODE_VERSION=22
ARG RUST_VERSION=1.95

FROM node:${NODE_VERSION}-bookworm-slim AS node

# --- Build: compilers and every dependency; nothing of this stage is kept but what the last one copies ---
FROM rust:${RUST_VERSION}-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm
WORKDIR /app

COPY package.json package-lock.json .npmrc ./
RUN npm ci

COPY . .
RUN npm run build && strip --strip-unneeded native/*.node

# The model is baked in, checked against its pinned checksum. `--build-arg MODEL=` leaves it out: then mount a folder
# with it at /models, or let the first start download it.
ARG MODEL=fast
ARG HF_ENDPOINT=https://huggingface.co
RUN mkdir -p /models && if [ -n "$MODEL" ]; then MODEL_DIR=/models node bin/cinematch.js model fetch; fi

# Of onnxruntime-node, which has the libraries of all platforms, only the one library that runs here goes along.
RUN cp "node_modules/onnxruntime-node/bin/napi-v6/linux/$(node -p process.arch)/libonnxruntime.so.1" native/ \
  && npm prune --omit=dev

# --- Run: no compilers, not root ---
FROM node:${NODE_VERSION}-bookworm-slim
ARG MODEL=fast
ENV NODE_ENV=production \
  PORT=7860 \
  DATA_DIR=/data \
  MODEL_DIR=/models \
  MODEL=${MODEL}
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/native ./native
COPY --from=build /app/dist ./dist
COPY --from=build /app/bin ./bin
COPY --from=build /app/data ./data
COPY --from=build --chown=node:node /models /models
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "bin/cinematch.js", "serve"]
