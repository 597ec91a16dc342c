set -eu
git -C data.git archive main requirements.lock ci | tar -x
rm -rf tool
python3 -m venv --without-pip tool
python3 -I -m pip --isolated --disable-pip-version-check --python tool/bin/python \
  install -q --no-deps --only-binary :all: --require-hashes -r requirements.lock
