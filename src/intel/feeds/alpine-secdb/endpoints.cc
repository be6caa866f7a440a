#include "intel/feeds/alpine-secdb/endpoints.h"

namespace vigil::intel::alpine_secdb {
namespace {

// clang-format off
#define VIGIL_SECDB(branch, repository) \
  {"https://secdb.alpinelinux.org/" branch "/" repository ".json", \
   "alpine-" branch "-" repository ".json"}
// Wolfi's and Chainguard's terms do not allow everybody to use their lists: they are read where an
// operator puts them, and not fetched.
constexpr Endpoint kEndpoints[] = {
    VIGIL_SECDB("edge", "main"), VIGIL_SECDB("edge", "community"),
    VIGIL_SECDB("v3.23", "main"), VIGIL_SECDB("v3.23", "community"),
    VIGIL_SECDB("v3.22", "main"), VIGIL_SECDB("v3.22", "community"),
    VIGIL_SECDB("v3.21", "main"), VIGIL_SECDB("v3.21", "community"),
    VIGIL_SECDB("v3.20", "main"), VIGIL_SECDB("v3.20", "community"),
    VIGIL_SECDB("v3.19", "main"), VIGIL_SECDB("v3.19", "community"),
    VIGIL_SECDB("v3.18", "main"), VIGIL_SECDB("v3.18", "community"),
    VIGIL_SECDB("v3.17", "main"), VIGIL_SECDB("v3.17", "community"),
    VIGIL_SECDB("v3.16", "main"), VIGIL_SECDB("v3.16", "community"),
    VIGIL_SECDB("v3.15", "main"), VIGIL_SECDB("v3.15", "community"),
    VIGIL_SECDB("v3.14", "main"), VIGIL_SECDB("v3.14", "community"),
    VIGIL_SECDB("v3.13", "main"), VIGIL_SECDB("v3.13", "community"),
    VIGIL_SECDB("v3.12", "main"), VIGIL_SECDB("v3.12", "community"),
    VIGIL_SECDB("v3.11", "main"), VIGIL_SECDB("v3.11", "community"),
    VIGIL_SECDB("v3.10", "main"), VIGIL_SECDB("v3.10", "community"),
    VIGIL_SECDB("v3.9", "main"), VIGIL_SECDB("v3.9", "community"),
    VIGIL_SECDB("v3.8", "main"), VIGIL_SECDB("v3.8", "community"),
    VIGIL_SECDB("v3.7", "main"), VIGIL_SECDB("v3.7", "community"),
    VIGIL_SECDB("v3.6", "main"), VIGIL_SECDB("v3.6", "community"),
    VIGIL_SECDB("v3.5", "main"), VIGIL_SECDB("v3.5", "community"),
    VIGIL_SECDB("v3.4", "main"), VIGIL_SECDB("v3.4", "community"),
    VIGIL_SECDB("v3.3", "main"), VIGIL_SECDB("v3.3", "community"),
    VIGIL_SECDB("v3.2", "main"),
};
#undef VIGIL_SECDB
// clang-format on

}  // namespace

std::span<const Endpoint> endpoints() {
  return kEndpoints;
}

}  // namespace vigil::intel::alpine_secdb
