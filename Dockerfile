# The bot as an image: its own user, nothing writable but /app/data, SIGTERM ends it in order. Build: docker build -t taobot .
FROM node:26-slim AS install
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
# The image brings Node itself, so the copy that comes with the packages is left out; sharp needs its own optional packages.
RUN npm ci --omit=dev --ignore-scripts && rm -rf node_modules/node-linux-* node_modules/.bin/node
COPY src ./src
# Fills the compile cache, which spares a start a third of its work; its key is the flags and the user, hence not as root.
RUN mkdir node_modules/.cache && chown node:node node_modules/.cache
USER node
RUN node src/main.mjs warm

FROM node:26-slim
ENV NODE_ENV=production HOST=0.0.0.0
# Of glibc: freed memory goes back to the system. As in npm start.
ENV MALLOC_MMAP_THRESHOLD_=32768 MALLOC_TRIM_THRESHOLD_=131072
WORKDIR /app
COPY --from=install /app ./
COPY LICENSE THIRD_PARTY_LICENSES.md ./
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/livez`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--max-semi-space-size=4", "--disable-sigusr1", "src/main.mjs"]
