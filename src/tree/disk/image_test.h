// Making disk images in tests with the tools that make real ones; none needs root.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "tree/disk/container.h"

namespace vigil::tree::disk {

/// A directory of its own that goes away with the test.
class ImageFolder {
 public:
  ImageFolder() {
    std::string name = std::filesystem::temp_directory_path() / "vigil-disk-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  ~ImageFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ImageFolder(const ImageFolder&) = delete;
  ImageFolder& operator=(const ImageFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string operator/(const std::string& name) const { return path_ + "/" + name; }

  void file(const std::string& name, std::string_view content) const {
    std::filesystem::create_directories(std::filesystem::path(*this / name).parent_path());
    std::ofstream(*this / name, std::ios::binary) << content;
  }

  /// A shell's command with this as its working directory; what it prints is shown if it fails.
  void run(const std::string& command) const {
    const std::string line = "cd '" + path_ + "' && PATH=\"$PATH:/usr/sbin:/sbin\" && { " +
                             command + " ; } > output.log 2>&1";
    if (std::system(line.c_str()) != 0) {
      std::ifstream log(*this / "output.log");
      ADD_FAILURE() << command << "\n" << std::string(std::istreambuf_iterator<char>(log), {});
    }
  }

  [[nodiscard]] SharedBytes open(const std::string& name) const {
    auto file = FileBytes::open(*this / name);
    EXPECT_TRUE(file) << file.error().text();
    return file ? SharedBytes(std::move(*file)) : std::make_shared<TextBytes>("");
  }

  [[nodiscard]] Siblings siblings() const {
    return [this](const std::string& name) -> Result<SharedBytes> {
      VIGIL_TRY(auto file, FileBytes::open(*this / name));
      return SharedBytes(std::move(file));
    };
  }

 private:
  std::string path_;
};

inline bool has_tool(const std::string& name) {
  const std::string line = "PATH=\"$PATH:/usr/sbin:/sbin\" command -v " + name + " > /dev/null";
  return std::system(line.c_str()) == 0;
}

/// Deterministic bytes: xorshift64.
inline std::string noise(std::size_t size, std::uint64_t seed) {
  std::string out(size, '\0');
  std::uint64_t state = seed * 0x9E3779B97F4A7C15 + 1;
  for (char& c : out) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    c = static_cast<char>(state);
  }
  return out;
}

}  // namespace vigil::tree::disk

#define VIGIL_NEED_TOOL(name) \
  if (!vigil::tree::disk::has_tool(name)) GTEST_SKIP() << name << " is not installed"
