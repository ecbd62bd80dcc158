# Production image: web server, worker, beat and migration all run from it, as an ordinary user.
FROM debian:bookworm-slim AS fangsong
WORKDIR /fangsong
# One font file out of a large package, without that package's dependencies; the digest is the one dev/fonts.py expects.
RUN apt-get update \
    && apt-get download texlive-lang-chinese \
    && dpkg-deb -x texlive-lang-chinese_*.deb unpacked \
    && mv unpacked/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol/FandolFang-Regular.otf . \
    && echo "d838ad32ce2244d8144f408c37fe71065aba6fbbc80759a4d2aa2033948d5bc9  FandolFang-Regular.otf" | sha256sum -c -

FROM python:3.11-slim-bookworm
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 FONT_DIR=/srv/fonts MEDIA_ROOT=/srv/media
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
       libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-noto-cjk fonts-lxgw-wenkai \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /srv --shell /usr/sbin/nologin portal \
    && install -d -o portal -g portal -m 0700 /srv/media \
    && install -d /srv/fonts \
    && ln -s /usr/share/fonts/opentype/noto/Noto*CJK-Regular.ttc /usr/share/fonts/opentype/noto/Noto*CJK-Bold.ttc \
       /usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf /srv/fonts/
COPY --from=fangsong /fangsong/FandolFang-Regular.otf /srv/fonts/

WORKDIR /srv/portal
COPY requirements.txt requirements-psycopg3.txt ./
RUN pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements.txt
# PSYCOPG3=1 adds the other database driver, for whoever sets DATABASE_DRIVER.
ARG PSYCOPG3=
RUN test -z "$PSYCOPG3" || pip install --no-cache-dir --require-hashes --only-binary :all: -r requirements-psycopg3.txt
COPY . .
# The key is for this one command; a real one comes from the environment.
RUN SECRET_KEY=collectstatic python manage.py collectstatic --noinput --verbosity 0

USER portal
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s CMD ["python", "ops/is_healthy.py"]
CMD ["gunicorn", "zhuzhou_sme.wsgi:application", "--bind=0.0.0.0:8000", "--workers=3", "--threads=4", \
     "--worker-tmp-dir=/dev/shm", "--no-control-socket", "--access-logfile=-"]
