# 寻章的容器：不以 root 运行，只有 /index 写得进去，文档只读。用法见 docs/07-部署.md。
FROM python:3.13-slim AS build
# pip 的可选依赖；连 OpenSearch 时是 all,opensearch（packaging/docker-compose.yml）
ARG EXTRAS=all
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY indexer indexer
COPY webui webui
RUN python -m venv /opt/xunzhang \
    && /opt/xunzhang/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt ".[$EXTRAS]" \
    && /opt/xunzhang/bin/pip uninstall --yes pip

FROM python:3.13-slim
COPY --from=build /opt/xunzhang /opt/xunzhang
RUN useradd --system --user-group --uid 10001 --home-dir /index xunzhang && install -d -o xunzhang -g xunzhang /index /documents
ENV PATH=/opt/xunzhang/bin:$PATH LANG=C.UTF-8 PYTHONUNBUFFERED=1 XUNZHANG_INDEX=/index/main
USER xunzhang
VOLUME /index
WORKDIR /documents
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["python", "-c", \
    "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=4)"]
ENTRYPOINT ["xunzhang"]
CMD ["serve", "--host", "0.0.0.0"]
