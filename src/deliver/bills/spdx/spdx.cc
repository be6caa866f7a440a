// SPDX 2.3 JSON: what is there, without what is known against it.
//
// Reference: spdx.github.io/spdx-spec/v2.3, its JSON schema. Traps: identifiers hold only letters,
// digits, '.' and '-'; a licence must be an expression of listed licences, or a reference whose text the
// document holds; every package needs a download location, "NOASSERTION" mostly. What Vigil knows
// beyond the specification goes into annotations "vigil:NAME=VALUE", which inventory/sbom reads back.

#include <map>
#include <set>

#include "base/json_writer.h"
#include "base/program.h"
#include "base/text.h"
#include "base/time.h"
#include "base/uuid.h"
#include "deliver/bill.h"
#include "deliver/bills/spdx/license.h"
#include "deliver/cyclonedx_components.h"
#include "inventory/sbom/properties.h"

namespace vigil::deliver::spdx {
namespace {

using base::JsonWriter;

constexpr std::string_view kSubject = "SPDXRef-Subject";
constexpr std::string_view kSystem = "SPDXRef-OperatingSystem";
constexpr std::string_view kUnknown = "NOASSERTION";

std::string identifier(const model::Package& package) {
  return "SPDXRef-Package-" + component_reference(package);
}

class Writer {
 public:
  explicit Writer(const BillSubject& subject)
      : subject_(subject), date_(base::format_time(subject.time)) {}

  std::string write() {
    const findings::Resource& resource = subject_.resource;
    json_.begin_object().member("spdxVersion", "SPDX-2.3").member("dataLicense", "CC0-1.0");
    json_.member("SPDXID", "SPDXRef-DOCUMENT").member("name", resource.name);
    json_.member("documentNamespace",
                 "https://vigil.invalid/spdx/" + base::uuid_of_name("spdx\n" + resource.id + "\n" +
                                                                    std::to_string(subject_.time)));
    json_.key("creationInfo").begin_object().member("created", date_);
    json_.key("creators").begin_array().value("Tool: " + tool()).end_array().end_object();
    json_.key("packages").begin_array();
    write_subject();
    if (!subject_.inventory.os.id.empty()) write_system();
    for (const model::Package& package : subject_.inventory.packages) write_package(package);
    json_.end_array();
    write_licenses();
    write_relationships();
    json_.end_object();
    return json_.take() + "\n";
  }

 private:
  static std::string tool() { return "vigil-" + std::string(base::program_version()); }

  void begin_package(std::string_view id, std::string_view name, std::string_view version) {
    json_.begin_object().member("SPDXID", id).member("name", name);
    json_.optional_member("versionInfo", version).member("downloadLocation", kUnknown);
    json_.member("filesAnalyzed", false).member("supplier", kUnknown);
  }

  void annotate(const std::vector<inventory::Property>& properties) {
    if (properties.empty()) return;
    json_.key("annotations").begin_array();
    for (const auto& [name, value] : properties) {
      json_.begin_object().member("annotationType", "OTHER");
      json_.member("annotator", "Tool: " + tool()).member("annotationDate", date_);
      json_.member("comment", std::string(name).append("=").append(value)).end_object();
    }
    json_.end_array();
  }

  void write_subject() {
    const findings::Resource& resource = subject_.resource;
    begin_package(kSubject, resource.name, {});
    const bool application = resource.function || resource.repository;
    json_.member("primaryPackagePurpose", resource.image ? "CONTAINER"
                                          : application  ? "APPLICATION"
                                                         : "DEVICE");
    annotate({{"vigil:resource", resource.id}});
    json_.end_object();
  }

  void write_system() {
    const inventory::OperatingSystem& os = subject_.inventory.os;
    begin_package(kSystem, os.id, os.version);
    json_.member("primaryPackagePurpose", "OPERATING-SYSTEM").optional_member("summary", os.name);
    std::vector<inventory::Property> properties;
    if (!os.ecosystem.empty()) properties.emplace_back("vigil:ecosystem", os.ecosystem);
    for (const std::string& channel : os.extended_support) {
      properties.emplace_back("vigil:extended_support", channel);
    }
    const auto& runtime = subject_.inventory.runtime;
    if (runtime && !runtime->kernel_release.empty()) {
      properties.emplace_back("vigil:kernel", runtime->kernel_release);
    }
    annotate(properties);
    json_.end_object();
  }

  std::string license_of(const model::Package& package) {
    if (package.license.empty()) return std::string(kUnknown);
    if (is_license_expression(package.license)) return package.license;
    std::string reference = license_reference(package.license);
    licenses_.emplace(reference, package.license);
    return reference;
  }

  void write_reference(std::string_view category, std::string_view type, std::string_view locator) {
    if (locator.empty()) return;
    json_.begin_object().member("referenceCategory", category).member("referenceType", type);
    json_.member("referenceLocator", locator).end_object();
  }

  void write_package(const model::Package& package) {
    const std::string id = identifier(package);
    if (!written_.insert(id).second) return;
    begin_package(id, package.name, package.version);
    json_.member("licenseConcluded", kUnknown).member("licenseDeclared", license_of(package));
    json_.member("copyrightText", kUnknown);
    if (!package.locations.empty()) {
      json_.member("sourceInfo", package.locations.front().path);
    }
    if (!package.package_url.empty() || !package.cpe.empty()) {
      json_.key("externalRefs").begin_array();
      write_reference("PACKAGE-MANAGER", "purl", package.package_url);
      write_reference("SECURITY", "cpe23Type", package.cpe);
      json_.end_array();
    }
    annotate(inventory::package_properties(package));
    json_.end_object();
  }

  void write_licenses() {
    if (licenses_.empty()) return;
    json_.key("hasExtractedLicensingInfos").begin_array();
    for (const auto& [reference, text] : licenses_) {
      json_.begin_object().member("licenseId", reference).member("extractedText", text);
      json_.end_object();
    }
    json_.end_array();
  }

  void relate(std::string_view from, std::string_view how, std::string_view to) {
    json_.begin_object().member("spdxElementId", from).member("relationshipType", how);
    json_.member("relatedSpdxElement", to).end_object();
  }

  void write_relationships() {
    json_.key("relationships").begin_array();
    relate("SPDXRef-DOCUMENT", "DESCRIBES", kSubject);
    if (!subject_.inventory.os.id.empty()) relate(kSubject, "CONTAINS", kSystem);
    for (const std::string& id : written_) relate(kSubject, "CONTAINS", id);
    for (const Dependency& one : package_dependencies(subject_)) {
      const std::string from = one.from == nullptr ? std::string(kSubject) : identifier(*one.from);
      for (const model::Package* to : one.to) relate(from, "DEPENDS_ON", identifier(*to));
    }
    json_.end_array();
  }

  const BillSubject& subject_;
  std::string date_;
  JsonWriter json_{2};
  std::set<std::string> written_;
  std::map<std::string, std::string> licenses_;
};

}  // namespace

const Bill& bill() {
  static const Bill kBill = {"spdx", "SPDX 2.3 (JSON)",
                             [](const BillSubject& subject) { return Writer(subject).write(); }};
  return kBill;
}

}  // namespace vigil::deliver::spdx
