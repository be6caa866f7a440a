#include "inventory/same_product.h"

#include <gtest/gtest.h>

#include "inventory/language_package.h"

namespace vigil::inventory {
namespace {

model::Package recognised(std::string_view ecosystem, std::string_view name,
                          std::string_view version, const std::string& path) {
  model::Package package = language_package(ecosystem, name, version, path);
  package.evidence = model::Evidence::Binary;
  package.cpe = "cpe:2.3:a:x:" + std::string(name);
  package.locations.front().offset = 7;
  return package;
}

model::Package module(std::string_view name, std::string_view version, const std::string& path) {
  model::Package package = language_package("Go", name, version, path);
  package.evidence = model::Evidence::Binary;
  return package;
}

std::vector<std::string> united(std::vector<model::Package> packages) {
  unite_same_products(packages);
  std::vector<std::string> out;
  for (const model::Package& package : packages) {
    std::string line = package.ecosystem + " " + package.name + "@" + package.version;
    for (const model::Location& location : package.locations) line += " " + location.path;
    out.push_back(line + (package.cpe.empty() ? "" : " cpe"));
  }
  return out;
}

using Lines = std::vector<std::string>;

TEST(SameProduct, AJavaRuntimeIsOneWithItsVirtualMachine) {
  const auto release = [](const std::string& home, std::string_view version) {
    return language_package("Bitnami", "java", version, home + "/release");
  };
  EXPECT_EQ(
      united({recognised("Bitnami", "java", "8.0.392", "/jdk8/jre/lib/amd64/server/libjvm.so"),
              release("/jdk8", "8.0.392"), release("/jdk17", "17.0.15"),
              recognised("Bitnami", "java", "17.0.15", "/jdk17/lib/server/libjvm.so")}),
      (Lines{"Bitnami java@8.0.392 /jdk8/release /jdk8/jre/lib/amd64/server/libjvm.so",
             "Bitnami java@17.0.15 /jdk17/release /jdk17/lib/server/libjvm.so"}));
  // Another runtime, another version, no file `release`.
  EXPECT_EQ(united({release("/jdk", "17.0.15"), release("/jdk-other", "17.0.15"),
                    recognised("Bitnami", "java", "17.0.14", "/jdk/lib/server/libjvm.so"),
                    recognised("Bitnami", "java", "17.0.15", "/alone/lib/server/libjvm.so")}),
            (Lines{"Bitnami java@17.0.15 /jdk/release", "Bitnami java@17.0.15 /jdk-other/release",
                   "Bitnami java@17.0.14 /jdk/lib/server/libjvm.so cpe",
                   "Bitnami java@17.0.15 /alone/lib/server/libjvm.so cpe"}));
}

TEST(SameProduct, AGoProgramIsItsMainModule) {
  EXPECT_EQ(
      united({module("stdlib", "1.22.3", "/helm"), module("helm.sh/helm/v3", "v3.14.0", "/helm"),
              recognised("Bitnami", "helm", "3.14.0", "/helm"),
              module("github.com/docker/cli", "v27.0.1+incompatible", "/docker"),
              recognised("Bitnami", "docker-cli", "27.0.1", "/docker")}),
      (Lines{"Go stdlib@1.22.3 /helm", "Go helm.sh/helm/v3@v3.14.0 /helm cpe",
             "Go github.com/docker/cli@v27.0.1+incompatible /docker cpe"}));
}

TEST(SameProduct, ALibraryOrAnotherVersionIsNotTheProgram) {
  const Lines all = {"Go github.com/hashicorp/consul/api@v1.20.0 /consul",
                     "Bitnami consul@1.20.0 /consul cpe",
                     "Go github.com/prometheus/prometheus@v0.300.0 /prometheus",
                     "Bitnami prometheus@3.0.0 /prometheus cpe",
                     "Go k8s.io/kubernetes@v1.30.0 /elsewhere",
                     "generic kubernetes@1.30.0 /kubectl cpe"};
  EXPECT_EQ(united({module("github.com/hashicorp/consul/api", "v1.20.0", "/consul"),
                    recognised("Bitnami", "consul", "1.20.0", "/consul"),
                    module("github.com/prometheus/prometheus", "v0.300.0", "/prometheus"),
                    recognised("Bitnami", "prometheus", "3.0.0", "/prometheus"),
                    module("k8s.io/kubernetes", "v1.30.0", "/elsewhere"),
                    recognised("generic", "kubernetes", "1.30.0", "/kubectl")}),
            all);
}

}  // namespace
}  // namespace vigil::inventory
