#!/usr/bin/env bash
# The front door of CloudLand Callback: builds what is needed, then runs it.
#
#   ./run.sh [options]          the service, with conf/config.toml unless -conf names another
#   ./run.sh demo               a day of CloudLand commands against a receiver, in a few seconds
#   ./run.sh demo --crash       the same, with the service killed at noon
#   ./run.sh receive            a test receiver on 127.0.0.1:8080
#   ./run.sh send-samples URL   posts the sample events to a receiver
#   ./run.sh check-config       says whether the configuration can be used
#   ./run.sh stats              asks the running service; also deliveries, dead, attempts, replay
#   ./run.sh send LINE...       reports commands to the running service; --file sends a file of them
#   ./run.sh keygen             a secret to sign callbacks with; sign and verify try it
#   ./run.sh bench ...          measures
#   ./run.sh crash-test         kills the service under load, again and again, and accounts for every command
#   ./run.sh cluster-test       nodes on one PostgreSQL, killed, frozen, cut off and stopped under load, from the sources
#   ./run.sh help               all of it
#   ./run.sh test               everything CI runs
#
# JAVA_HOME chooses the JDK, JAVA_OPTS adds JVM options.
set -euo pipefail

home="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"

fail() {
  echo "run.sh: $*" >&2
  exit 1
}

# The feature release of a java, for example 17.
version_of() {
  "$1" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.specification\.version = //p'
}

find_java() {
  if [[ -n "${JAVA_HOME:-}" ]]; then
    java="$JAVA_HOME/bin/java"
    [[ -x "$java" ]] || fail "JAVA_HOME is $JAVA_HOME, but there is no java in it."
  else
    java="$(command -v java)" || fail "java is missing: install a JDK, 17 or newer, or set JAVA_HOME."
  fi
  java_version="$(version_of "$java")"
  [[ "$java_version" =~ ^[0-9]+$ ]] && ((java_version >= 17)) \
    || fail "Java 17 or newer is needed; $java is version ${java_version:-unknown}."
}

find_maven() {
  command -v mvn > /dev/null || fail "mvn is missing: install Maven, 3.8 or newer."
}

# Nothing where there is none yet: a missing target/ is no failure.
fat_jar() {
  [[ -d "$home/target" ]] || return 0
  find "$home/target" -maxdepth 1 -name 'cloudland-callback-*-fat.jar' 2> /dev/null | sort | head -n 1
}

# True when there is no jar, or something it is made of is newer.
is_stale() {
  [[ -z "$1" ]] || [[ -n "$(find "$home/pom.xml" "$home/src/main" "$home/conf/cluster.xml" -newer "$1" -print -quit)" ]]
}

build() {
  find_maven
  echo "run.sh: building, which takes a minute the first time" >&2
  (cd "$home" && mvn -B -q package -DskipTests -DskipChecks -Dmaven.javadoc.skip -Dmaven.source.skip >&2) \
    || fail "the build failed; its output is above."
}

# What the jar's manifest cannot ask for.
jvm_flags() {
  flags=()
  if ((java_version >= 24)); then
    flags+=(--sun-misc-unsafe-memory-access=allow)
  fi
}

run() {
  find_java
  local jar
  jar="$(fat_jar)"
  if is_stale "$jar"; then
    build
    jar="$(fat_jar)"
    [[ -n "$jar" ]] || fail "the build made no jar in $home/target."
  fi
  jvm_flags
  local -a extra=()
  read -r -a extra <<< "${JAVA_OPTS:-}"
  # exec, so that signals reach the JVM; from the directory of the caller, whose conf/ counts.
  exec "$java" ${flags[@]+"${flags[@]}"} ${extra[@]+"${extra[@]}"} -jar "$jar" "$@"
}

step() {
  echo "run.sh: $*"
  (cd "$home" && "$@")
}

# The home of the newest JDK beside the one in use, 25 or newer; nothing where there is none. JDKS names another folder.
newer_jdk() {
  local candidate version newest=24
  for candidate in "${JDKS:-/usr/lib/jvm}"/*/; do
    [[ -x "$candidate/bin/java" ]] || continue
    version="$(version_of "$candidate/bin/java")"
    if [[ "$version" =~ ^[0-9]+$ ]] && ((version > newest)); then
      newest="$version"
      echo "${candidate%/}"
    fi
  done | tail -n 1
}

# The jar that was just built, run by the newest JDK at hand.
run_on_newer_jdk() {
  local jdk
  jdk="$(newer_jdk)"
  if [[ -z "$jdk" ]]; then
    echo "run.sh: no JDK 25 or newer in ${JDKS:-/usr/lib/jvm}: the ways to run are not tried on one"
    return
  fi
  step mvn -B failsafe:integration-test failsafe:verify -Dit.test=WaysToRunIT "-Dcallback.test.java.home=$jdk"
}

# The same tests under both sets of Vert.x that are promised; each from clean, as they share target/.
run_tests() {
  find_java
  find_maven
  step mvn -B clean verify
  run_on_newer_jdk
  step mvn -B clean verify -Pvertx-newest -Dcallback.test.crash.rounds=10
  rm -f "$home"/target/cloudland-callback-*-fat.jar # The next run builds the one that is shipped.
  echo "run.sh: everything passed, on Java $java_version"
}

# Needs the sources and Maven: the PostgreSQL that it starts and stops is a part of the tests.
run_cluster_test() {
  find_java
  find_maven
  echo "run.sh: building; then the cluster test takes about two minutes" >&2
  (cd "$home" && mvn -B -q test-compile failsafe:integration-test failsafe:verify -DskipChecks -Dit.test=ClusterIT) \
    || fail "the cluster test failed; what it saw is above."
  echo "run.sh: the cluster test passed"
}

case "${1:-}" in
  cluster-test)
    shift
    (($# == 0)) || fail "cluster-test takes no arguments."
    run_cluster_test
    ;;
  test)
    shift
    (($# == 0)) || fail "test takes no arguments."
    run_tests
    ;;
  *) run "$@" ;;
esac
