# One image for the worker, the API and the scripts; docker-compose.yml says which runs.
FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --no-audit --no-fund

FROM node:24-bookworm-slim
ENV NODE_ENV=production
# Temporal's core verifies TLS with the system's certificates.
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates tini && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/package.json ./
COPY --from=build /app/dist ./dist
COPY --from=build /app/studio/dist ./studio/dist
COPY --from=build /app/definitions ./definitions
COPY --from=build /app/templates ./templates
RUN mkdir .data && chown node:node .data
USER node
ENTRYPOINT ["tini", "--"]
CMD ["node", "dist/api/main.js"]
