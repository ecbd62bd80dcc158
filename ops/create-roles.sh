#!/bin/sh
# Runs once, when the database volume is new: the role that migrates and the role that runs, each with its own password.
set -eu

psql --no-psqlrc --set=ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname postgres <<'SQL'
\set owner_password `cat /run/secrets/owner_password`
\set app_password `cat /run/secrets/app_password`
CREATE ROLE owner LOGIN PASSWORD :'owner_password';
CREATE ROLE app LOGIN PASSWORD :'app_password';
CREATE DATABASE zhuzhou_sme OWNER owner;
REVOKE ALL ON DATABASE zhuzhou_sme FROM PUBLIC;
GRANT CONNECT ON DATABASE zhuzhou_sme TO app;
SQL
