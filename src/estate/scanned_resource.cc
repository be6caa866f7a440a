#include "estate/scanned_resource.h"

#include <algorithm>

#include "base/text.h"
#include "base/uuid.h"
#include "estate/host_resource.h"
#include "findings/identity.h"
#include "inventory/document.h"

namespace vigil::estate {
namespace {

using findings::Resource;

std::string arn(std::string_view service, const Resource& resource, const std::string& rest) {
  return "arn:aws:" + std::string(service) + ":" + resource.region + ":" + resource.account + ":" +
         rest;
}

/// A name as AWS allows it in an ARN: what cannot stand there becomes '-'.
std::string arn_name(std::string_view name, std::string_view also) {
  std::string out;
  for (const char c : name) {
    const bool plain = base::is_alnum(c) || also.find(c) != std::string_view::npos;
    out += plain ? c : '-';
  }
  return out;
}

/// Findings are stored under these ids: their digit stays the 4 that random UUIDs have.
std::string uuid_of(const std::string& identifying) {
  return base::uuid_of_name(identifying, '4');
}

void describe(const source::ImageFacts& image, Resource& resource) {
  resource.type = "AWS_ECR_CONTAINER_IMAGE";
  // A file that names no repository is called after itself.
  std::string repository = image.repository;
  if (repository.empty()) {
    repository = std::string(base::trim(image.reference.substr(image.reference.rfind('/') + 1)));
  }
  repository = arn_name(base::lower(repository), "._/-");
  resource.id = arn("ecr", resource, "repository/" + repository + "/" + image.digest);
  resource.name = image.reference;
  resource.tags["vigil:kind"] = "image";
  findings::ImageDetails& details = resource.image.emplace();
  details.repository = repository;
  details.registry = image.registry.empty() ? resource.account : image.registry;
  details.digest = image.digest;
  details.architecture = image.architecture;
  details.author = image.author;
  details.tags = image.tags;
}

void describe(const source::FunctionFacts& function, Resource& resource) {
  resource.type = "AWS_LAMBDA_FUNCTION";
  const std::string name = arn_name(function.name, "_-");
  resource.id = arn("lambda", resource, "function:" + name + ":$LATEST");
  resource.name = function.name;
  resource.tags["vigil:kind"] = "function";
  findings::FunctionDetails& details = resource.function.emplace();
  details.name = name;
  details.runtime = function.runtime;
  details.code_digest = function.code_digest;
  details.package_type = "ZIP";
  for (const std::string& layer : function.layers) {
    details.layers.push_back(findings::lambda_layer_arn(resource, layer));
  }
  details.architectures = function.architectures;
}

void describe(const source::RepositoryFacts& repository, const std::string& path,
              Resource& resource) {
  resource.type = "CODE_REPOSITORY";
  // The same project wherever it is checked out; without a remote it is the folder.
  const std::string identifying = repository.remote.empty() ? path : repository.remote;
  resource.id = arn("inspector2", resource,
                    "codesecurity-integration/" + uuid_of("integration\n" + resource.account) +
                        "/project-" + uuid_of("project\n" + identifying));
  resource.name = repository.name;
  resource.tags["vigil:kind"] = "repository";
  findings::RepositoryDetails& details = resource.repository.emplace();
  details.project_name = repository.name;
}

}  // namespace

inventory::Inventory resource_inventory(source::Scanned scanned, const Resource& resource) {
  if (scanned.function) {
    for (model::Package& package : scanned.inventory.packages) {
      for (model::Location& location : package.locations) {
        location.layer = findings::lambda_layer_arn(resource, location.layer);
      }
    }
  }
  return inventory::canonical(scanned.inventory);
}

Resource scanned_resource(std::string_view target, const source::Scanned& scanned,
                          std::string_view account, std::string_view region) {
  // A bill of materials stands for what it lists; a kernel that it names makes it no live host.
  inventory::Inventory seen;
  seen.os = scanned.inventory.os;
  if (target != "sbom") seen.runtime = scanned.inventory.runtime;
  Resource resource = host_resource(seen, scanned.name, account, region);
  if (seen.runtime) return resource;
  const std::string path = resource.name;
  if (scanned.image) {
    describe(*scanned.image, resource);
  } else if (scanned.function) {
    describe(*scanned.function, resource);
  } else if (scanned.repository) {
    describe(*scanned.repository, path, resource);
  } else if (scanned.machine && !scanned.machine->machine_id.empty()) {
    // A system that is mounted somewhere is the same host as when it runs.
    resource.id = findings::instance_id("host\n" + scanned.machine->machine_id);
    resource.tags["vigil:kind"] = "host";
    if (!scanned.machine->host_name.empty()) resource.name = scanned.machine->host_name;
  } else if (target != "dir" && target != "host") {
    resource.id = findings::instance_id(std::string(target) + "\n" + path);
    resource.tags["vigil:kind"] = target;
  }
  resource.tags["vigil:name"] = resource.name;
  return resource;
}

}  // namespace vigil::estate
