// For tests only: a folder in which the tools of an ecosystem make what is looked at.
#pragma once

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace vigil::inventory::testing {

class Workshop {
 public:
  Workshop() {
    std::string name = std::filesystem::temp_directory_path() / "vigil-workshop-XXXXXX";
    path_ = ::mkdtemp(name.data());
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  ~Workshop() {
    // Go makes its module cache read-only.
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }

  [[nodiscard]] static bool has(const std::string& tool) {
    return std::system(("command -v " + tool + " >/dev/null 2>&1").c_str()) == 0;
  }
  [[nodiscard]] const std::string& path() const { return path_; }
  /// Whether the shell's command succeeds in the folder; what it prints is in read("log").
  [[nodiscard]] bool run(const std::string& command) const {
    const std::string whole =
        "cd '" + path_ + "' && { " + command + "\n} >'" + path_ + "/log' 2>&1";
    return std::system(whole.c_str()) == 0;
  }
  const Workshop& write(const std::string& name, std::string_view content) const {
    const std::filesystem::path whole = std::filesystem::path(path_) / name;
    std::filesystem::create_directories(whole.parent_path());
    std::ofstream(whole, std::ios::binary) << content;
    return *this;
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    std::ifstream in(path_ + "/" + name, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  }

 private:
  std::string path_;
};

}  // namespace vigil::inventory::testing

#define VIGIL_NEEDS(tool) \
  if (!vigil::inventory::testing::Workshop::has(tool)) GTEST_SKIP() << "there is no " << (tool)
