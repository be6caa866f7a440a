// What cataloguers of languages cost on large input, beside the floor of the same run: as much CPU as
// it takes to find and read the same files and count their lines.
//
//   bench_catalogers FOLDER      "name milliseconds floor", one a line; makes its input in FOLDER
#include <algorithm>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "inventory/scan.h"
#include "tree/directory.h"

namespace vigil {
namespace {

double cpu_seconds() {
  timespec time{};
  ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

/// The best of at least five, in milliseconds; negative if the work says that it failed.
double best_of(const std::function<bool()>& work) {
  double best = 1e9;
  double total = 0;
  for (int round = 0; round < 5 || total < 0.5; ++round) {
    const double begin = cpu_seconds();
    if (!work()) return -1;
    const double took = cpu_seconds() - begin;
    best = std::min(best, took);
    total += took;
  }
  return best * 1000;
}

std::string name_of(int i) {
  return (i % 5 == 0 ? "@scope" + std::to_string(i % 97) + "/" : "") + "package-" +
         std::to_string(i);
}

void write(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

std::string hash_of(int i) {
  std::string hash;
  for (int j = 0; j < 86; ++j) hash += static_cast<char>('A' + (i * 31 + j * j * 7) % 26);
  return "sha512-" + hash + "==";
}

/// Four dependencies each, among them what comes later and what comes before.
std::string package_lock(int count) {
  std::string out =
      "{\n  \"name\": \"app\",\n  \"lockfileVersion\": 3,\n  \"packages\": {\n    \"\": {\n"
      "      \"dependencies\": {\n        \"" +
      name_of(1) + "\": \"^1.0.0\"\n      }\n    }";
  for (int i = 0; i < count; ++i) {
    const std::string name = name_of(i);
    out += ",\n    \"node_modules/" + name + "\": {\n      \"version\": \"1." + std::to_string(i) +
           ".0\",\n      \"resolved\": \"https://registry.example.org/" + name + "/-/" +
           name.substr(name.find('/') + 1) + "-1." + std::to_string(i) +
           ".0.tgz\",\n      \"integrity\": \"" + hash_of(i) +
           "\",\n      \"license\": \"MIT\",\n" + (i % 3 == 0 ? "      \"dev\": true,\n" : "") +
           "      \"dependencies\": {\n";
    for (int j = 1; j <= 4; ++j) {
      out += "        \"" + name_of((i * j + 7919 * j) % count) + "\": \"^1.0.0\"" +
             (j < 4 ? ",\n" : "\n");
    }
    out += "      },\n      \"engines\": {\n        \"node\": \">=6.9.0\"\n      }\n    }";
  }
  return out + "\n  }\n}\n";
}

std::string yarn_lock(int count) {
  std::string out = "# yarn lockfile v1\n\n";
  for (int i = 0; i < count; ++i) {
    out += "\n\"" + name_of(i) + "@^1.0.0\":\n  version \"1." + std::to_string(i) +
           ".0\"\n  resolved \"https://registry.example.org/x/-/x-1.0.0.tgz#abc\"\n  integrity " +
           hash_of(i) + "\n  dependencies:\n";
    for (int j = 1; j <= 4; ++j) {
      out += "    \"" + name_of((i * j + 7919 * j) % count) + "\" \"^1.0.0\"\n";
    }
  }
  return out;
}

std::string pnpm_lock(int count) {
  std::string packages;
  std::string snapshots;
  for (int i = 0; i < count; ++i) {
    const std::string key = "'" + name_of(i) + "@1.0.0'";
    packages += "\n  " + key + ":\n    resolution: {integrity: " + hash_of(i) +
                "}\n    engines: {node: '>=6.9.0'}\n";
    snapshots += "\n  " + key + ":\n    dependencies:\n";
    for (int j = 1; j <= 4; ++j) {
      snapshots += "      '" + name_of((i * j + 7919 * j) % count) + "': 1.0.0\n";
    }
  }
  return "lockfileVersion: '9.0'\n\nimporters:\n\n  .:\n    dependencies:\n      " + name_of(1) +
         ":\n        specifier: ^1.0.0\n        version: 1.0.0\n\npackages:\n" + packages +
         "\nsnapshots:\n" + snapshots;
}

std::string uv_lock(int count) {
  std::string out = "version = 1\n";
  for (int i = 0; i < count; ++i) {
    out += "\n[[package]]\nname = \"package-" + std::to_string(i) +
           "\"\nversion = \"1.0\"\nsource = { registry = \"https://r.example/simple\" }\n"
           "dependencies = [\n    { name = \"package-" +
           std::to_string((i + 1) % count) +
           "\" },\n]\nwheels = [\n    { url = \"https://f.example/p.whl\"," +
           " hash = \"sha256:" + hash_of(i) + "\", size = 97941 },\n]\n";
  }
  return out;
}

std::string package_json(int i) {
  return "{\n  \"name\": \"" + name_of(i) +
         "\",\n  \"version\": \"1.2.3\",\n  \"description\": \"" + std::string(200, 'x') +
         "\",\n  \"main\": \"index.js\",\n  \"scripts\": {\"test\": \"node test.js\"},\n"
         "  \"keywords\": [\"a\", \"b\", \"c\", \"d\"],\n  \"license\": \"MIT\",\n"
         "  \"dependencies\": {\"one\": \"^1.0.0\", \"two\": \"^2.0.0\"},\n"
         "  \"devDependencies\": {\"three\": \"^1.0.0\", \"four\": \"^2.0.0\"}\n}\n";
}

/// Finds and reads every file.
bool read_all(const std::string& folder) {
  std::size_t lines = 0;
  std::string text;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    text.assign(std::istreambuf_iterator<char>(file), {});
    lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
  }
  return lines > 0;
}

void measure(const char* name, const std::string& folder, std::size_t packages) {
  const double floor = best_of([&] { return read_all(folder); });
  const double took = best_of([&] {
    const auto view = tree::Directory::open(folder);
    return view && inventory::scan_tree(**view).packages.size() == packages;
  });
  std::printf("%s %.3f %.3f\n", name, took, floor);
}

void run(const std::string& work) {
  constexpr int kMany = 20'000;
  write(work + "npm/package-lock.json", package_lock(kMany));
  write(work + "yarn/yarn.lock", yarn_lock(kMany));
  write(work + "pnpm/pnpm-lock.yaml", pnpm_lock(kMany));
  write(work + "uv/uv.lock", uv_lock(kMany));
  for (int i = 0; i < 5000; ++i) {
    const std::string folder = work + "modules/app/node_modules/" + name_of(i);
    write(folder + "/package.json", package_json(i));
    write(folder + "/index.js", "module.exports = 1;\n");
    write(folder + "/README.md", "text\n");
  }
  measure("package-lock-of-20000", work + "npm", kMany);
  measure("yarn-lock-of-20000", work + "yarn", kMany);
  measure("pnpm-lock-of-20000", work + "pnpm", kMany);
  measure("uv-lock-of-20000", work + "uv", kMany);
  measure("node-modules-of-5000", work + "modules", 5000);
}

}  // namespace
}  // namespace vigil

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  vigil::run(std::string(argv[1]) + "/");
  return 0;
}
