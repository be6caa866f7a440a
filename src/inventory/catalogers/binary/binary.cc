// Software that no package manager knows: programs and libraries recognised by what stands in them.
//
// What: images are full of software that was compiled there or copied in: nginx, Redis, OpenSSL,
// Python, Node.js. Nothing says that it is there but the file itself. Nearly every such program
// carries a text with its version: the banner it prints, the name it gives to servers, a copyright
// line. A table says for each which file and which text (classifier.h); all texts are looked for in
// one pass over the file.
//
// References: the programs' own sources; names of products from the CPE dictionary (nvd.nist.gov),
// components from github.com/bitnami/vulndb.
//
// Traps:
//   - Programs carry the versions of others: of libraries linked in, of peers they know bugs of. So
//     the text must be one that only this program has, and the file's name must fit.
//   - Distributions put their own words behind the version ("5.1.9-0+deb12u1"); what they own is
//     theirs to report (inventory/ownership.h).
//   - Libraries are mostly not executable (mode 0644).
//   - Until Java 8 a JVM calls itself "1.8.0_392"; advisories call that 8.0.392 (java_version.h).
//   - A patch level is an update in a CPE: OpenSSH 9.2p1 is "openssh:9.2:p1".
//
// Not handled: programs that were renamed, packed (upx) or stripped of the text; vim and rsync (see
// tools.cc).

#include <algorithm>

#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/binary/classify.h"
#include "inventory/java_version.h"
#include "inventory/language_package.h"

namespace vigil::inventory::binary {
namespace {

constexpr std::uint64_t kLimit = std::uint64_t{512} << 20;

std::string_view base_name(std::string_view path) {
  return path.substr(path.rfind('/') + 1);
}

/// Where the version ends and the update begins: at a patch level or a pre-release.
std::size_t begin_of_update(std::string_view version) {
  for (const std::string_view word : {"alpha", "beta", "rc", "pre", "dev"}) {
    const std::size_t at = version.find(word);
    if (at != std::string_view::npos) return at;
  }
  const std::size_t patch = version.find('p');
  return patch == std::string_view::npos ? version.size() : patch;
}

/// Formatted as NIST IR 7695 section 6.2 says: signs are quoted.
std::string quoted(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (!base::is_alnum(c) && c != '.' && c != '_' && c != '-') out += '\\';
    out += c;
  }
  return out.empty() ? "*" : out;
}

std::string cpe_of(std::string_view product, std::string_view version) {
  const std::size_t end = begin_of_update(version);
  std::string_view release = version.substr(0, end);
  while (!release.empty() && (release.back() == '-' || release.back() == '~')) {
    release.remove_suffix(1);
  }
  return "cpe:2.3:a:" + std::string(product) + ":" + quoted(release) + ":" +
         quoted(version.substr(end)) + ":*:*:*:*:*:*";
}

bool wants(std::string_view path) {
  return Classification::standard().knows(base_name(path));
}

void add(const std::vector<Finding>& findings, const std::string& path, Context& context) {
  for (const Finding& finding : findings) {
    const Classifier& row = *finding.classifier;
    const bool in_bitnami = !row.bitnami.empty();
    const bool java = row.product == "openjdk";
    model::Package package =
        language_package(in_bitnami ? "Bitnami" : "generic", in_bitnami ? row.bitnami : row.product,
                         java ? plain_java_version(finding.version) : finding.version, path);
    package.evidence = model::Evidence::Binary;
    package.locations.front().offset = finding.offset;
    package.cpe = java ? java_cpe(row.cpe, finding.version) : cpe_of(row.cpe, finding.version);
    context.packages.push_back(std::move(package));
  }
}

void catalog(const File& file, Context& context) {
  add(Classification::standard().find(base_name(file.path), file.content), file.path, context);
}

class Pieces final : public PieceReader {
 public:
  explicit Pieces(const std::string& path)
      : path_(path), search_(Classification::standard().begin(base_name(path))) {}
  void take(std::string_view piece) override { search_.take(piece); }
  void finish(Context& context) override { add(search_.finish(), path_, context); }

 private:
  std::string path_;
  Classification::Search search_;
};

std::unique_ptr<PieceReader> in_pieces(const std::string& path) {
  return std::make_unique<Pieces>(path);
}

constexpr Pattern kPatterns[] = {programs_and_libraries()};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "binary",
                                       .title = "Programs and libraries (by what stands in them)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .wants = wants,
                                       .limit = kLimit,
                                       .in_pieces = in_pieces};
  return kCataloger;
}

}  // namespace vigil::inventory::binary
