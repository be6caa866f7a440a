// Databases, caches and queues.
#include "inventory/catalogers/binary/classifier.h"

namespace vigil::inventory::binary {
namespace {

constexpr Classifier kRows[] = {
    {"postgresql", "postgres", "postgres (PostgreSQL) <0+r>", "postgresql:postgresql",
     "postgresql"},
    {"postgresql", "psql", "psql (PostgreSQL) <0+r>", "postgresql:postgresql", "postgresql"},
    // "10.11.19-MariaDB".
    {"mariadb", "mariadbd mysqld mariadb mysql", "{0}<0.0.0>-MariaDB", "mariadb:mariadb",
     "mariadb"},
    {"mysql", "mysqld mysqld-debug", "{0}<5.0.0>{0}", "oracle:mysql", "",
     "MySQL Community Server - GPL"},
    {"mysql", "mysqld mysqld-debug", "{0}<8.0.0>{0}", "oracle:mysql", "",
     "MySQL Community Server - GPL"},
    {"mysql", "mysqld mysqld-debug", "{0}<9.0.0>{0}", "oracle:mysql", "",
     "MySQL Community Server - GPL"},
    // REDIS_VERSION, where and when it was built, whether it was changed, and the commit: of release
    // archives nine zeros. "7.0.15" "buildhost-1690000000" "0" "00000000".
    {"redis", "redis-server redis-cli redis-check-rdb redis-check-aof redis-sentinel",
     "<0.0.0>{seconds}000000000{0}", "redis:redis", "redis"},
    {"redis", "redis-server redis-cli redis-check-rdb redis-check-aof redis-sentinel",
     "<0.0.0>{word}-{seconds}000000000{0}", "redis:redis", "redis"},
    {"valkey", "valkey-server valkey-cli valkey-check-rdb valkey-check-aof valkey-sentinel",
     "<0.0.0>{word}-{seconds}000000000{0}", "valkey-io:valkey", "valkey"},
    {"valkey", "valkey-server valkey-cli valkey-check-rdb valkey-check-aof valkey-sentinel",
     "<0.0.0>{seconds}000000000{0}", "valkey-io:valkey", "valkey"},
    {"memcached", "memcached", "{0}memcached <0.0.0>", "memcached:memcached", "memcached"},
    {"mongodb", "mongod mongos", "db version v<0.0.0r>", "mongodb:mongodb", "mongodb"},
    {"sqlite", "sqlite3", "{0}<3.0.0>{0}", "sqlite:sqlite", "sqlite", "SQLite format 3"},
    {"clickhouse", "clickhouse clickhouse-*", "ClickHouse <0.0.0.0>", "clickhouse:clickhouse",
     "clickhouse"},
    {"arangodb", "arangod arangosh", "ArangoDB <0.0.0r> [", "arangodb:arangodb", "arangodb"},
    {"pgbouncer", "pgbouncer", "PgBouncer <0.0.0>", "pgbouncer:pgbouncer", "pgbouncer"},
    {"openldap", "slapd", "$OpenLDAP: slapd <0.0.0>", "openldap:openldap", "openldap"},
    {"mosquitto", "mosquitto", "{0}<0.0.0>{0}mosquitto version %s", "eclipse:mosquitto"},
};

}  // namespace

std::span<const Classifier> databases() {
  return kRows;
}

}  // namespace vigil::inventory::binary
