# The API, from the locked requirements; the database is a container of its own (docker-compose.yml).
FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 \
    PYTHONPATH=/app \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app

# Before the code, so that a change of it does not fetch everything anew.
COPY requirements.lock ./
RUN pip install --require-hashes --only-binary :all: --requirement requirements.lock

COPY LICENSE README.md CHANGELOG.md ./
COPY cypher ./cypher
COPY seed ./seed
COPY resolvers ./resolvers
COPY schema ./schema
COPY server ./server
# The user below may not write here, so without this each start would compile it all anew.
RUN python -m compileall -q cypher seed resolvers schema server

# A number and no name, so that it is seen from outside that this is not root.
USER 10001:10001

# In a container it is the container's own address; which one of the host's leads to it is said where it is run.
ENV ICSGRAPH_HOST=0.0.0.0 \
    ICSGRAPH_PORT=8000
EXPOSE 8000

# The first start loads the graph, and answers when that is done.
HEALTHCHECK --interval=15s --timeout=10s --start-period=300s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/health', timeout=8)"]

ENTRYPOINT ["python", "-m", "server.cli"]
CMD ["up"]
