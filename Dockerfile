# Deadbolt for a Postgres of your own (DATABASE_URL): no build, no compiler, no package manager at run time.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The image brings Node and Postgres is elsewhere: neither package is needed. No package needs its install script.
RUN npm ci --omit=dev --omit=optional --ignore-scripts --no-audit --no-fund \
 && npm sbom --package-lock-only --sbom-format=cyclonedx --omit=dev --omit=optional > sbom.json \
 && rm -rf node_modules/node node_modules/.bin/node

FROM node:24.21.0-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 POLICY_FILE=/etc/deadbolt/policy.yml
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=packages /app/sbom.json ./sbom.json
COPY package.json manifest.yml .env.example ./
COPY bin ./bin
COPY commands ./commands
COPY views ./views
COPY src ./src
# Owned by root and run as somebody else: the app cannot change itself.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((a) => process.exit(a.ok ? 0 : 1), () => process.exit(1))"]
# Node itself is the first process, so that SIGTERM reaches the app.
CMD ["node", "--max-semi-space-size=64", "src/main.ts"]
