#include "inventory/sbom/spdx_tags.h"

#include <map>
#include <optional>
#include <vector>

#include "base/json_writer.h"
#include "base/text.h"

namespace vigil::inventory {
namespace {

using base::JsonWriter;

constexpr std::string_view kBegin = "<text>";
constexpr std::string_view kEnd = "</text>";

struct Tag {
  std::string_view name;
  std::string_view value;
};

/// The next "Tag: value", comments, blank lines and lines that are neither passed over.
std::optional<Tag> next_tag(std::string_view& rest) {
  for (;;) {
    const std::string_view before = rest;
    const auto line = base::next_line(rest);
    if (!line) return std::nullopt;
    const std::size_t colon = line->find(':');
    if (line->starts_with('#') || colon == std::string_view::npos) continue;
    Tag tag{base::trim(line->substr(0, colon)), base::trim(line->substr(colon + 1))};
    if (!tag.value.starts_with(kBegin)) return tag;
    const auto from = static_cast<std::size_t>(tag.value.data() - before.data()) + kBegin.size();
    const std::size_t end = before.find(kEnd, from);
    tag.value = before.substr(from, end == std::string_view::npos ? end : end - from);
    rest = end == std::string_view::npos ? std::string_view{} : before.substr(end + kEnd.size());
    return tag;
  }
}

/// Of one package, by the names of the JSON form.
struct Package {
  std::map<std::string_view, std::string_view> texts;
  std::vector<std::string_view> references;  ///< "PACKAGE-MANAGER purl pkg:..."
  std::string_view id;
};

constexpr std::pair<std::string_view, std::string_view> kTexts[] = {
    {"SPDXID", "SPDXID"},
    {"PackageVersion", "versionInfo"},
    {"PackageSourceInfo", "sourceInfo"},
    {"PackageSummary", "summary"},
    {"PackageLicenseDeclared", "licenseDeclared"},
    {"PackageLicenseConcluded", "licenseConcluded"},
    {"PrimaryPackagePurpose", "primaryPackagePurpose"},
};

void write_references(JsonWriter& json, const Package& package) {
  if (package.references.empty()) return;
  json.key("externalRefs").begin_array();
  for (const std::string_view reference : package.references) {
    const auto words = base::words(reference);
    if (words.size() < 3) continue;
    json.begin_object().member("referenceCategory", words[0]).member("referenceType", words[1]);
    json.member("referenceLocator", words[2]).end_object();
  }
  json.end_array();
}

using Comments = std::multimap<std::string_view, std::string_view>;

void write_package(JsonWriter& json, const Package& package, const Comments& comments) {
  json.begin_object();
  for (const auto& [name, value] : package.texts) json.member(name, value);
  write_references(json, package);
  const auto [first, last] = comments.equal_range(package.id);
  if (first != last) {
    json.key("annotations").begin_array();
    for (auto one = first; one != last; ++one) {
      json.begin_object().member("comment", one->second).end_object();
    }
    json.end_array();
  }
  json.end_object();
}

class Reader {
 public:
  std::string read(std::string_view document) {
    while (const auto tag = next_tag(document)) take(*tag);
    JsonWriter json;
    json.begin_object().member("spdxVersion", version_).key("packages").begin_array();
    for (const Package& package : packages_) write_package(json, package, comments_);
    json.end_array().key("hasExtractedLicensingInfos").begin_array();
    for (const auto& [id, text] : licenses_) {
      json.begin_object().member("licenseId", id).member("extractedText", text).end_object();
    }
    json.end_array().end_object();
    return json.take();
  }

 private:
  void take(const Tag& tag) {
    if (tag.name == "SPDXVersion") version_ = tag.value;
    if (tag.name == "PackageName") {
      packages_.emplace_back().texts["name"] = tag.value;
      in_package_ = true;
    }
    // What follows belongs to a file or a snippet.
    if (tag.name == "FileName" || tag.name == "SnippetSPDXID") in_package_ = false;
    if (tag.name == "LicenseID") license_ = tag.value;
    if (tag.name == "ExtractedText") licenses_.emplace_back(license_, tag.value);
    // The reference of an annotation stands before its comment, or after it.
    if (tag.name == "SPDXREF") annotated_ = tag.value;
    if (tag.name == "AnnotationComment") comments_.emplace(annotated_, tag.value);
    if (!in_package_) return;
    Package& package = packages_.back();
    if (tag.name == "SPDXID") package.id = tag.value;
    if (tag.name == "ExternalRef") package.references.push_back(tag.value);
    for (const auto& [name, member] : kTexts) {
      if (tag.name == name) package.texts[member] = tag.value;
    }
  }

  std::string_view version_;
  std::string_view license_;
  std::string_view annotated_;
  bool in_package_ = false;
  std::vector<Package> packages_;
  std::vector<std::pair<std::string_view, std::string_view>> licenses_;
  Comments comments_;
};

}  // namespace

bool is_spdx_tags(std::string_view document) {
  const auto tag = next_tag(document);
  return tag && (tag->name == "SPDXVersion" || tag->name == "DataLicense") && !tag->value.empty();
}

Result<std::string> spdx_json_of_tags(std::string_view document) {
  return Reader().read(document);
}

}  // namespace vigil::inventory
