// Images by hand, as docker writes them, and what a scan must find in them.
#pragma once

#include <gtest/gtest.h>
#include <stdlib.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/hash.h"
#include "source/target.h"
#include "tree/testing/tar_maker_test.h"

namespace vigil::source::testing {

class Folder {
 public:
  Folder() {
    std::string name = ::testing::TempDir() + "imageXXXXXX";
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() { std::filesystem::remove_all(path_); }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::string write(const std::string& name, const std::string& content) const {
    std::filesystem::create_directories(std::filesystem::path(path_ + "/" + name).parent_path());
    std::ofstream(path_ + "/" + name, std::ios::binary) << content;
    return path_ + "/" + name;
  }
  bool run(const std::string& command) const {
    return std::system(("cd " + path_ + " && { " + command + "; } >/dev/null 2>&1").c_str()) == 0;
  }

 private:
  std::string path_;
};

inline std::string digest(const std::string& bytes) {
  return "sha256:" + base::sha256_hex(bytes);
}

inline std::string stanza(const std::string& name, const std::string& version) {
  return "Package: " + name +
         "\nStatus: install ok installed\nArchitecture: amd64\nVersion: " + version + "\n\n";
}

/// Two layers: a base with two packages, and one that updates one and adds a third.
inline std::vector<std::string> two_layers() {
  return {tree::testing::TarMaker()
              .file("etc/os-release", "ID=debian\nVERSION_ID=12\n")
              .file("var/lib/dpkg/status", stanza("bash", "5.2-1") + stanza("dash", "0.5-1"))
              .end(),
          tree::testing::TarMaker()
              .file("var/lib/dpkg/status",
                    stanza("bash", "5.2-2") + stanza("dash", "0.5-1") + stanza("curl", "7.88-1"))
              .end()};
}

inline std::string config_of(const std::vector<std::string>& layers) {
  std::string ids;
  for (const std::string& layer : layers)
    ids += (ids.empty() ? "\"" : ",\"") + digest(layer) + "\"";
  return R"({"architecture":"amd64","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[)" +
         ids +
         R"(]},"history":[{"created_by":"/bin/sh -c #(nop) ADD file:1 in / "},)"
         R"({"created_by":"/bin/sh -c #(nop)  CMD [\"bash\"]","empty_layer":true},)"
         R"({"created_by":"/bin/sh -c apt-get install -y curl"}]})";
}

inline std::string docker_archive(const std::vector<std::string>& layers,
                                  const std::string& config) {
  tree::testing::TarMaker tar;
  std::string names;
  for (std::size_t i = 0; i < layers.size(); ++i) {
    const std::string name = "layer" + std::to_string(i) + "/layer.tar";
    tar.file(name, layers[i]);
    names += (i == 0 ? "\"" : ",\"") + name + "\"";
  }
  tar.file("config.json", config);
  tar.file("manifest.json",
           R"([{"Config":"config.json","RepoTags":["example.org/team/app:1.2"],"Layers":[)" +
               names + "]}]");
  return tar.end();
}

inline std::string docker_archive(const std::vector<std::string>& layers) {
  return docker_archive(layers, config_of(layers));
}

inline std::vector<std::string> lines(const Result<Scanned>& scanned) {
  if (!scanned) return {"error: " + scanned.error().text()};
  std::vector<std::string> out;
  for (const model::Package& package : scanned->inventory.packages) {
    std::string layer = "?";
    for (std::size_t i = 0; i < scanned->image->layers.size(); ++i) {
      if (layer == "?" && scanned->image->layers[i].digest == package.locations.at(0).layer)
        layer = std::to_string(i);
    }
    out.push_back(package.name + " " + package.version + " @" + layer);
  }
  for (const inventory::Problem& problem : scanned->inventory.problems) {
    out.push_back("problem: " + problem.why);
  }
  std::sort(out.begin(), out.end());
  return out;
}

inline const std::vector<std::string> kExpected = {"bash 5.2-2 @1", "curl 7.88-1 @1",
                                                   "dash 0.5-1 @0"};

}  // namespace vigil::source::testing
