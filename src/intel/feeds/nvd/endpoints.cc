#include "intel/feeds/nvd/endpoints.h"

namespace vigil::intel::nvd {
namespace {

// clang-format off
#define VIGIL_NVD(part) \
  {"https://nvd.nist.gov/feeds/json/cve/2.0/nvdcve-2.0-" part ".json.gz", \
   "nvdcve-2.0-" part ".json.gz"}
constexpr Endpoint kEndpoints[] = {
    VIGIL_NVD("2002"), VIGIL_NVD("2003"), VIGIL_NVD("2004"), VIGIL_NVD("2005"),
    VIGIL_NVD("2006"), VIGIL_NVD("2007"), VIGIL_NVD("2008"), VIGIL_NVD("2009"),
    VIGIL_NVD("2010"), VIGIL_NVD("2011"), VIGIL_NVD("2012"), VIGIL_NVD("2013"),
    VIGIL_NVD("2014"), VIGIL_NVD("2015"), VIGIL_NVD("2016"), VIGIL_NVD("2017"),
    VIGIL_NVD("2018"), VIGIL_NVD("2019"), VIGIL_NVD("2020"), VIGIL_NVD("2021"),
    VIGIL_NVD("2022"), VIGIL_NVD("2023"), VIGIL_NVD("2024"), VIGIL_NVD("2025"),
    VIGIL_NVD("2026"), VIGIL_NVD("modified"),
};
#undef VIGIL_NVD
// clang-format on

}  // namespace

std::span<const Endpoint> endpoints() {
  return kEndpoints;
}

}  // namespace vigil::intel::nvd
