#!/bin/sh
# The passwords of a new installation, one file each, into ops/secrets. What is there already is left alone, nothing is
# printed. Containers read the files as their own ordinary users, so the folder is closed and the files are not.
set -eu

folder="$(dirname "$0")/secrets"
umask 077
mkdir -p "$folder"
for name in secret_key postgres_password owner_password app_password redis_password; do
    test -s "$folder/$name" || od -An -N32 -tx1 /dev/urandom | tr -d ' \n' > "$folder/$name"
done
# Filled in by hand where they are needed: old keys after a change, the identity centre's secret.
for name in secret_key_fallbacks oidc_client_secret; do
    test -e "$folder/$name" || : > "$folder/$name"
done
chmod 0444 "$folder"/*
