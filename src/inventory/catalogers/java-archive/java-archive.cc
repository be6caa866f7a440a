// Java archives: jar, war, ear and their kin, and the archives in them.
//
// What: a zip archive. Maven writes META-INF/maven/GROUP/ARTIFACT/pom.properties with the exact
// coordinates into what it builds; of shaded archives each packed library keeps its own, so all of
// them are packages. Gradle, Ant and bnd leave META-INF/MANIFEST.MF only. Archives hold others: war
// WEB-INF/lib, Spring Boot BOOT-INF/lib, ear lib. A package's path is that of its archive, with "!"
// before what lies in an archive: "/app.jar!/BOOT-INF/lib/x-1.0.jar".
//
// References: maven.apache.org/shared/maven-archiver; the JAR File Specification ("Name-Value
// pairs and Sections"); OSGi Core 3.2.1 and the maven-bundle-plugin for Bundle-SymbolicName;
// docs.spring.io/spring-boot/specification/executable-jar.
//
// Traps:
//   - A shaded archive's pom.properties lie in no order; the archive itself is the one its file is
//     named after, the longest first: "a-b-1.0.jar" is a-b, not a.
//   - A file name's version begins at the first dash before a digit ("log4j-1.2-api-2.17.1.jar" is
//     wrong so); Maven's file is believed before it.
//   - Bundle-Version has four parts and no dashes; the version in the file name is the one of the
//     advisories.
//   - Without Maven's file the group is a guess from the bundle's name, so the archive's SHA-1 is
//     kept in the purl (checksum): registries know their files by it.
//   - Whoever repacks an archive may leave "${project.version}" in it: such a file says nothing.
//
// Not handled: class files of libraries that were packed without their metadata; .jmod, .aar.

#include <algorithm>
#include <optional>

#include "base/sha1.h"
#include "base/text.h"
#include "inventory/cataloger.h"
#include "inventory/catalogers/java-archive/coordinates.h"
#include "inventory/file_packages.h"
#include "inventory/language_package.h"
#include "tree/zip.h"

namespace vigil::inventory::java_archive {
namespace {

constexpr std::uint64_t kLargestFile = std::uint64_t{512} << 20;
constexpr std::uint64_t kLargestText = std::uint64_t{1} << 20;
constexpr int kDeepest = 16;
constexpr std::size_t kMostProblems = 20;

constexpr std::string_view kExtensions[] = {".jar", ".war", ".ear", ".par",  ".sar",
                                            ".hpi", ".jpi", ".nar", ".lpkg", ".kar"};

bool is_archive(std::string_view path) {
  return std::any_of(std::begin(kExtensions), std::end(kExtensions),
                     [&](std::string_view extension) { return path.ends_with(extension); });
}

/// One file of the tree with all archives in it. What it may cost is counted for the whole file.
class Reader {
 public:
  explicit Reader(Context& context) : context_(context) {}

  void archive(std::string_view content, const std::string& path, int depth) {
    const tree::TextBytes bytes(content);
    const auto directory = tree::read_zip_directory(bytes, {.entries = entries_left_});
    if (!directory) return problem(path, directory.error().what);
    for (const tree::ZipProblem& one : directory->problems) {
      problem(one.where.empty() ? path : path + "!" + one.where, one.why);
    }
    entries_left_ -= std::min<std::uint64_t>(entries_left_, directory->entries.size());
    // The cataloguer of Jenkins plugins says what a plugin itself is.
    const bool plugin = path.ends_with(".hpi") || path.ends_with(".jpi");
    if (!plugin || depth > 0) identify(bytes, *directory, content, path);
    for (const tree::ZipEntry& entry : directory->entries) {
      if (entry.kind == tree::Kind::File && is_archive(entry.path))
        nested(bytes, entry, path, depth);
    }
  }

 private:
  void problem(std::string where, std::string why) {
    if (++problems_ > kMostProblems) return;
    context_.problems.push_back({base::printable(where), std::move(why)});
  }

  void nested(const tree::Bytes& bytes, const tree::ZipEntry& entry, const std::string& path,
              int depth) {
    std::string inner = path + "!" + entry.path;
    if (depth == kDeepest) {
      return problem(std::move(inner),
                     "more than " + std::to_string(kDeepest) + " archives in each other: not read");
    }
    const std::uint64_t limit = std::min({kLargestFile - in_memory_, bytes_left_});
    const auto content = tree::read_zip_entry(bytes, entry, limit);
    if (!content) return problem(std::move(inner), content.error().what);
    in_memory_ += content->size();
    bytes_left_ -= content->size();
    archive(*content, inner, depth + 1);
    in_memory_ -= content->size();
  }

  std::optional<std::string> text(const tree::Bytes& bytes, const tree::ZipEntry& entry,
                                  const std::string& path) {
    auto content = tree::read_zip_entry(bytes, entry, std::min(kLargestText, bytes_left_));
    if (!content) {
      problem(path + "!" + entry.path, content.error().what);
      return std::nullopt;
    }
    bytes_left_ -= content->size();
    return std::move(*content);
  }

  void identify(const tree::Bytes& bytes, const tree::ZipDirectory& directory,
                std::string_view content, const std::string& path) {
    constexpr std::string_view kMaven = "/META-INF/maven/";
    std::vector<Coordinates> all;
    const tree::ZipEntry* manifest = nullptr;
    for (const tree::ZipEntry& entry : directory.entries) {
      if (entry.path == "/META-INF/MANIFEST.MF") manifest = &entry;
      if (!entry.path.starts_with(kMaven) || !entry.path.ends_with("/pom.properties")) continue;
      const auto properties = text(bytes, entry, path);
      if (!properties) continue;
      if (auto one = of_pom_properties(*properties)) all.push_back(std::move(*one));
    }
    const Coordinates file_name = of_file_name(path);
    const auto main = main_of(all, file_name);
    if (main)
      std::rotate(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(*main),
                  all.begin() + static_cast<std::ptrdiff_t>(*main) + 1);
    if (!main) guess(bytes, manifest, file_name, content, path);
    for (const Coordinates& one : all) add(one, path);
  }

  void guess(const tree::Bytes& bytes, const tree::ZipEntry* manifest, const Coordinates& file_name,
             std::string_view content, const std::string& path) {
    const auto written = manifest == nullptr ? std::nullopt : text(bytes, *manifest, path);
    const Coordinates found = of_manifest(parse_manifest(written.value_or("")), file_name);
    if (model::Package* const package = add(found, path)) {
      add_qualifier(*package, "checksum", "sha1:" + base::sha1_hex(content));
    }
  }

  model::Package* add(const Coordinates& found, const std::string& path) {
    const std::string name =
        found.group.empty() ? found.artifact : found.group + ":" + found.artifact;
    if (!is_package_word(name) || !is_package_word(found.version)) return nullptr;
    context_.packages.push_back(language_package("Maven", name, found.version, path));
    return &context_.packages.back();
  }

  Context& context_;
  std::uint64_t entries_left_ = 2'000'000;
  std::uint64_t bytes_left_ = std::uint64_t{4} << 30;
  std::uint64_t in_memory_ = 0;
  std::size_t problems_ = 0;
};

void catalog(const File& file, Context& context) {
  Reader(context).archive(file.content, file.path, 0);
}

constexpr Pattern kPatterns[] = {ending(".jar"),  ending(".war"), ending(".ear"), ending(".par"),
                                 ending(".sar"),  ending(".hpi"), ending(".jpi"), ending(".nar"),
                                 ending(".lpkg"), ending(".kar")};

}  // namespace

const Cataloger& cataloger() {
  static const Cataloger kCataloger = {.name = "java-archive",
                                       .title = "Java archives (jar, war, ear)",
                                       .patterns = kPatterns,
                                       .catalog = catalog,
                                       .limit = kLargestFile};
  return kCataloger;
}

}  // namespace vigil::inventory::java_archive
