#include "intel/feeds/osv/names.h"

#include "intel/feeds/record.h"

namespace vigil::intel::osv {
namespace {

using model::CvssOrigin;

// The longer of two prefixes that begin alike stands first.
constexpr Database kDatabases[] = {
    {"GHSA-", "GITHUB", CvssOrigin::Cna},
    {"PYSEC-", "PYPI"},
    {"PSF-", "PSF", CvssOrigin::Cna},
    {"GO-", "GO", CvssOrigin::Cna},
    {"RUSTSEC-", "RUSTSEC"},
    {"MAL-", "OPENSSF"},
    {"BIT-", "BITNAMI"},
    {"CURL-", "CURL", CvssOrigin::Cna},
    {"HSEC-", "HASKELL"},
    {"RSEC-", "R"},
    {"OSEC-", "OCAML"},
    {"JLSEC-", "JULIA"},
    {"EEF-", "ERLANG", CvssOrigin::Cna},
    {"DRUPAL-", "DRUPAL", CvssOrigin::Cna},
    {"ASB-A-", "ANDROID", CvssOrigin::Cna},
    {"PUB-A-", "ANDROID", CvssOrigin::Cna},
    {"OSV-", "OSS-FUZZ"},
    {"GSD-", "GSD"},
    {"DEBIAN-CVE-", "DEBIAN_CVE", CvssOrigin::Vendor},
    {"DSA-", "DEBIAN_CVE", CvssOrigin::Vendor, true},
    {"DLA-", "DEBIAN_CVE", CvssOrigin::Vendor, true},
    {"DTSA-", "DEBIAN_CVE", CvssOrigin::Vendor, true},
    {"UBUNTU-CVE-", "UBUNTU_CVE", CvssOrigin::Vendor},
    {"USN-", "UBUNTU_CVE", CvssOrigin::Vendor, true},
    {"LSN-", "UBUNTU_CVE", CvssOrigin::Vendor, true},
    {"ALPINE-CVE-", "ALPINE_CVE", CvssOrigin::Vendor},
    {"ALSA-", "ALMALINUX_CVE", CvssOrigin::Vendor, true},
    {"ALBA-", "ALMALINUX_CVE", CvssOrigin::Vendor, true},
    {"ALEA-", "ALMALINUX_CVE", CvssOrigin::Vendor, true},
    {"RLSA-", "ROCKY_CVE", CvssOrigin::Vendor, true},
    {"RXSA-", "ROCKY_CVE", CvssOrigin::Vendor, true},
    {"RHSA-", "REDHAT_CVE", CvssOrigin::Vendor, true},
    {"RHBA-", "REDHAT_CVE", CvssOrigin::Vendor, true},
    {"RHEA-", "REDHAT_CVE", CvssOrigin::Vendor, true},
    {"SUSE-", "SUSE_CVE", CvssOrigin::Vendor, true},
    {"openSUSE-", "SUSE_CVE", CvssOrigin::Vendor, true},
    {"MGASA-", "MAGEIA_CVE", CvssOrigin::Vendor, true},
    {"ELSA-", "ORACLE_CVE", CvssOrigin::Vendor, true},
    {"ALAS", "AMAZON_CVE", CvssOrigin::Vendor, true},
    {"OESA-", "OPENEULER_CVE", CvssOrigin::Vendor, true},
    {"CGA-", "CHAINGUARD_CVE", CvssOrigin::Vendor, true},
    {"BELL-SA-", "BELLSOFT_CVE", CvssOrigin::Vendor, true},
    {"CLSA-", "TUXCARE_CVE", CvssOrigin::Vendor, true},
    {"ROOT-", "ROOT", CvssOrigin::Vendor, true},
    {"MINI-", "MINIMOS", CvssOrigin::Vendor, true},
    {"ECHO-", "ECHO", CvssOrigin::Vendor, true},
};
constexpr Database kOther = {"", "OSV"};

}  // namespace

const Database& database_of(std::string_view id) {
  for (const Database& database : kDatabases) {
    if (id.starts_with(database.prefix)) return database;
  }
  return kOther;
}

std::string_view wrapped_cve(std::string_view id) {
  const std::size_t at = id.find("-CVE-");
  if (at == std::string_view::npos) return {};
  const std::string_view cve = id.substr(at + 1);
  return feeds::is_cve(cve) ? cve : std::string_view();
}

std::string url_of(std::string_view id) {
  if (id.starts_with("GHSA-")) return "https://github.com/advisories/" + std::string(id);
  if (id.starts_with("GO-")) return "https://pkg.go.dev/vuln/" + std::string(id);
  return "https://osv.dev/vulnerability/" + std::string(id);
}

}  // namespace vigil::intel::osv
