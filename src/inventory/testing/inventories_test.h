// Inventories for tests of documents and deltas: one by hand that uses every member, random ones,
// and the comparison of every member.
#pragma once

#include <gtest/gtest.h>

#include <random>
#include <string>
#include <tuple>

#include "inventory/inventory.h"

namespace vigil::inventory {

inline Inventory full_inventory() {
  Inventory out;
  out.os = {.id = "ubuntu",
            .id_like = {"debian"},
            .version = "22.04",
            .codename = "jammy",
            .name = "Ubuntu 22.04.5 LTS",
            .ecosystem = "Ubuntu:22.04",
            .rolling = true,
            .extended_support = {"esm-apps", "esm-infra"}};
  out.files = 123'456'789'012;
  model::Package ssl;
  ssl.ecosystem = "Ubuntu:22.04";
  ssl.name = "libssl3";
  ssl.version = "3.0.2-0ubuntu1.18";
  ssl.architecture = "amd64";
  ssl.source_name = "openssl";
  ssl.source_version = "3.0.2-0ubuntu1.18";
  ssl.manager = "OS";
  ssl.package_url = "pkg:deb/ubuntu/libssl3@3.0.2-0ubuntu1.18?arch=amd64";
  ssl.vendor = "Ubuntu Developers";
  ssl.locations = {{"/var/lib/dpkg/status", 4711}, {"/usr/lib/\"quoted\"\\x", 0}};
  model::Package node = ssl;
  node.name = node.source_name = "nodejs";
  node.version = "1:18.0.0";
  node.source_version = "";
  node.license = "MIT\nand others \xC3\xA4";
  node.module = "nodejs:18:8080020230825:f5";
  node.locations = {{"/app/package-lock.json", 12, 0, "sha256:abc"}, {"/usr/bin/node", 0, 99}};
  node.evidence = model::Evidence::Locked;
  node.relation = model::Relation::Transitive;
  node.scope = "dev";
  node.parents = {"a@1", "b@2"};
  node.cpe = "cpe:2.3:a:nodejs:node.js:18.0.0:*:*:*:*:*:*:*";
  node.symbols = "AQ==";
  model::Package bare;
  bare.name = "a";
  out.packages = {ssl, node, bare};
  out.packages[2].source_name = "";
  Runtime runtime;
  runtime.kernel_release = "6.1.0-28-amd64";
  runtime.machine = Machine::VirtualMachine;
  runtime.machine_detail = "kvm";
  runtime.host_name = "web-1";
  runtime.machine_id = "0123456789abcdef0123456789abcdef";
  runtime.addresses = {"192.0.2.7", "2001:db8::7"};
  runtime.processes = {{.id = 1, .name = "init", .executable = "/sbin/init", .packages = {}},
                       {.id = 4'000'000'000U,
                        .name = "node",
                        .executable = "/usr/bin/node",
                        .packages = {0, 1},
                        .deleted = {"/usr/lib/libssl.so.3"}}};
  runtime.ports = {{"tcp", "0.0.0.0", 443, 4'000'000'000U}, {"udp", "::", 53, 0}};
  runtime.complete = true;
  out.runtime = runtime;
  out.problems = {{"/var/lib/rpm", "the database is damaged"}, {"/etc", "permission denied"}};
  return out;
}

class RandomInventories {
 public:
  explicit RandomInventories(std::uint64_t seed) : random_(seed) {}

  std::size_t below(std::size_t limit) { return random_() % limit; }

  std::string text() {
    static const char* const kTexts[] = {"",    "a",        "b\"",     "c\\",
                                         "d\n", "\xC3\xA9", "openssl", "1:2"};
    return kTexts[below(std::size(kTexts))];
  }

  model::Package package() {
    model::Package out;
    out.ecosystem = text();
    out.name = "n" + text() + std::to_string(below(50));
    out.version = text();
    out.source_name = below(2) == 0 ? out.name : text();
    out.source_version = below(2) == 0 ? out.version : text();
    out.architecture = text();
    out.manager = text();
    out.package_url = text();
    out.vendor = text();
    out.license = text();
    out.module = text();
    for (std::size_t i = below(3); i > 0; --i) {
      out.locations.push_back(
          {"/" + text(), static_cast<std::uint32_t>(below(3)), below(3), text()});
    }
    out.evidence = static_cast<model::Evidence>(below(4));
    out.relation = static_cast<model::Relation>(below(3));
    out.scope = text();
    if (below(2) == 0) out.parents = {"p@1"};
    out.cpe = text();
    out.symbols = text();
    return out;
  }

  Inventory inventory() {
    Inventory out;
    for (std::size_t i = below(30); i > 0; --i) out.packages.push_back(package());
    out.os.id = text();
    out.os.rolling = below(2) == 0;
    out.files = below(1000);
    for (std::size_t i = below(4); i > 0; --i) out.problems.push_back({text(), text()});
    if (below(3) > 0) out.runtime = runtime(out.packages.size());
    return out;
  }

  /// Some packages gone, some new, all in another order.
  Inventory changed(const Inventory& from) {
    Inventory out = inventory();
    for (const model::Package& package : from.packages) {
      if (below(4) > 0) out.packages.push_back(package);
    }
    std::shuffle(out.packages.begin(), out.packages.end(), random_);
    return out;
  }

  std::mt19937_64& engine() { return random_; }

 private:
  Runtime runtime(std::size_t packages) {
    Runtime out;
    out.host_name = text();
    out.machine = static_cast<Machine>(below(4));
    out.complete = below(2) == 0;
    for (std::size_t i = below(4); i > 0; --i) {
      Process process;
      process.id = static_cast<std::uint32_t>(below(100));
      for (std::size_t index = 0; index < packages; ++index) {
        if (below(5) == 0) process.packages.push_back(index);
      }
      out.processes.push_back(process);
      out.ports.push_back({"tcp", text(), static_cast<std::uint16_t>(below(65536)), process.id});
    }
    return out;
  }

  std::mt19937_64 random_;
};

inline void expect_same(const model::Package& a, const model::Package& b) {
  const auto all = [](const model::Package& p) {
    return std::tie(p.ecosystem, p.name, p.version, p.architecture, p.source_name, p.source_version,
                    p.manager, p.package_url, p.vendor, p.license, p.module, p.evidence, p.relation,
                    p.scope, p.parents, p.cpe, p.symbols);
  };
  EXPECT_EQ(all(a), all(b));
  ASSERT_EQ(a.locations.size(), b.locations.size()) << a.name;
  for (std::size_t i = 0; i < a.locations.size(); ++i) {
    EXPECT_EQ(a.locations[i].path, b.locations[i].path);
    EXPECT_EQ(a.locations[i].line, b.locations[i].line);
    EXPECT_EQ(a.locations[i].offset, b.locations[i].offset);
    EXPECT_EQ(a.locations[i].layer, b.locations[i].layer);
  }
}

inline void expect_same(const Runtime& a, const Runtime& b) {
  const auto all = [](const Runtime& r) {
    return std::tie(r.kernel_release, r.machine, r.machine_detail, r.host_name, r.machine_id,
                    r.addresses, r.complete);
  };
  EXPECT_EQ(all(a), all(b));
  ASSERT_EQ(a.processes.size(), b.processes.size());
  for (std::size_t i = 0; i < a.processes.size(); ++i) {
    const auto process = [](const Process& p) {
      return std::tie(p.id, p.name, p.executable, p.packages, p.deleted);
    };
    EXPECT_EQ(process(a.processes[i]), process(b.processes[i]));
  }
  ASSERT_EQ(a.ports.size(), b.ports.size());
  for (std::size_t i = 0; i < a.ports.size(); ++i) {
    const auto port = [](const Port& p) {
      return std::tie(p.protocol, p.address, p.port, p.process);
    };
    EXPECT_EQ(port(a.ports[i]), port(b.ports[i]));
  }
}

inline void expect_same(const Inventory& a, const Inventory& b) {
  const auto all = [](const Inventory& i) {
    return std::tie(i.os.id, i.os.id_like, i.os.version, i.os.codename, i.os.name, i.os.ecosystem,
                    i.os.rolling, i.os.extended_support, i.files);
  };
  EXPECT_EQ(all(a), all(b));
  ASSERT_EQ(a.packages.size(), b.packages.size());
  for (std::size_t i = 0; i < a.packages.size(); ++i) expect_same(a.packages[i], b.packages[i]);
  ASSERT_EQ(a.problems.size(), b.problems.size());
  for (std::size_t i = 0; i < a.problems.size(); ++i) {
    EXPECT_EQ(a.problems[i].where, b.problems[i].where);
    EXPECT_EQ(a.problems[i].why, b.problems[i].why);
  }
  ASSERT_EQ(a.runtime.has_value(), b.runtime.has_value());
  if (a.runtime) expect_same(*a.runtime, *b.runtime);
}

}  // namespace vigil::inventory
