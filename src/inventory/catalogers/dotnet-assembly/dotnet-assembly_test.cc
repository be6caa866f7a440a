#include <gtest/gtest.h>

#include "inventory/testing/one_cataloger_test.h"

namespace vigil::inventory {
namespace {

using testing::lines;
using testing::scan_with;

std::string number(std::uint64_t value, std::size_t width) {
  std::string out;
  for (std::size_t i = 0; i < width; ++i)
    out.push_back(i < 8 ? static_cast<char>(value >> (8 * i)) : '\0');
  return out;
}

std::string wide(std::string_view text) {
  std::string out;
  for (const char c : text) out.append(1, c).append(1, '\0');
  return out.append(2, '\0');
}

void align(std::string& text) {
  text.resize((text.size() + 3) / 4 * 4);
}

/// A block of a version resource: key, value, blocks in it.
std::string block(std::string_view key, const std::string& value, const std::string& inner) {
  std::string out = number(0, 2) + number(value.size(), 2) + number(1, 2) + wide(key);
  align(out);
  out += value;
  align(out);
  out += inner;
  out.replace(0, 2, number(out.size(), 2));
  return out;
}

std::string padded(std::string text) {
  align(text);
  return text;
}

struct Assembly {
  std::string original_file_name;
  std::string product_version;
  std::string file_version;
  bool managed = true;
};

/// A PE of 32 bits with a resource section and nothing else.
std::string pe(const Assembly& assembly) {
  const std::string strings =
      padded(block("CompanyName", wide("Newton"), "")) +
      padded(block("FileVersion", wide(assembly.file_version), "")) +
      padded(block("OriginalFilename", wide(assembly.original_file_name), "")) +
      padded(block("ProductVersion", wide(assembly.product_version), ""));
  const std::string version = block("VS_VERSION_INFO", std::string(52, '\0'),
                                    block("StringFileInfo", "", block("000004b0", "", strings)));
  constexpr std::uint64_t kAddress = 0x2000;
  const auto directory = [](std::uint64_t id, std::uint64_t target) {
    return std::string(12, '\0') + number(0, 2) + number(1, 2) + number(id, 4) + number(target, 4);
  };
  const std::string resources = directory(16, 0x80000000 + 24) + directory(1, 0x80000000 + 48) +
                                directory(0, 72) + number(kAddress + 88, 4) +
                                number(version.size(), 4) + number(0, 8) + version;
  std::string file = "MZ" + std::string(0x3A, '\0') + number(0x40, 4);
  file += std::string("PE\0\0", 4) + number(0x14C, 2) + number(1, 2) + number(0, 12) +
          number(224, 2) + number(0x2102, 2);
  std::string optional = number(0x10B, 2) + std::string(26, '\0') + number(0x10000000, 4);
  optional.resize(92);
  optional += number(16, 4) + std::string(14 * 8, '\0') + number(assembly.managed ? 0x1000 : 0, 4) +
              number(72, 4) + number(0, 8);
  file += optional + std::string(".rsrc\0\0\0", 8) + number(resources.size(), 4) +
          number(kAddress, 4) + number(resources.size(), 4) + number(0x200, 4) + number(0, 12) +
          number(0x40000040, 4);
  file.resize(0x200);
  return file + resources;
}

TEST(DotnetAssembly, NameAndVersionOfTheResource) {
  tree::Memory view;
  view.file("/app/Newtonsoft.Json.dll",
            pe({"Newtonsoft.Json.dll", "13.0.1+ae9fe44", "13.0.1.25517"}))
      .file("/app/Old.dll", pe({"old.dll", "see readme", "4.0.30506.0"}))
      .file("/app/Renamed.dll", pe({"Other.dll", "1.0.0", "1.0.0.0"}))
      .file("/app/Native.dll", pe({"Native.dll", "1.0.0", "1.0.0.0", false}))
      .file("/app/de/App.resources.dll", pe({"App.resources.dll", "1.0.0", "1.0.0.0"}))
      .file("/app/NoVersion.dll", pe({"NoVersion.dll", "", ""}));
  const Inventory found = scan_with("dotnet-assembly", view);
  EXPECT_EQ(lines(found), "Newtonsoft.Json 13.0.1\nold 4.0.30506.0\n");
  EXPECT_EQ(found.packages[0].evidence, model::Evidence::Binary);
  EXPECT_EQ(found.packages[0].vendor, "Newton");
}

TEST(DotnetAssembly, AListBesideIsBelieved) {
  tree::Memory view;
  view.file("/app/Newtonsoft.Json.dll", pe({"Newtonsoft.Json.dll", "13.0.1", "13.0.1.0"}))
      .file("/app/App.deps.json", "{}");
  EXPECT_EQ(lines(scan_with("dotnet-assembly", view)), "");
}

TEST(DotnetAssembly, WhatIsCutShortIsPassedOver) {
  const std::string whole = pe({"A.dll", "1.0.0", "1.0.0.0"});
  for (std::size_t size = 0; size < whole.size(); size += 7) {
    tree::Memory view;
    view.file("/A.dll", whole.substr(0, size));
    EXPECT_TRUE(scan_with("dotnet-assembly", view).problems.empty());
  }
}

}  // namespace
}  // namespace vigil::inventory
