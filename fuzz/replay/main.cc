// Stands in for libFuzzer where a plain compiler builds the target: runs every seed, then mutations
// of the seeds for about two seconds.
//
//   replay_<name> <directory of seeds or one file> [<dictionary>]
//
// The mutations follow from a fixed seed, so the same build does the same work until its time is
// up. If one input crashes or hangs, it is written to crash-<hash> in the current directory, to be
// run again by itself.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
/// Of the sanitizers' runtime, where there is one.
extern "C" [[gnu::weak]] void __sanitizer_set_death_callback(void (*callback)());

namespace {

constexpr auto kTime = std::chrono::seconds(2);
constexpr std::size_t kRoundsPerSeed = 3000;
constexpr std::size_t kLargest = std::size_t{1} << 18;
constexpr unsigned kSecondsPerInput = 30;

// What a signal handler has to reach.
const std::string* current = nullptr;

void keep_current() {
  if (current == nullptr) return;
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const char c : *current) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  std::string path = "crash-";
  for (int shift = 60; shift >= 0; shift -= 4) path += "0123456789abcdef"[hash >> shift & 15];
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return;
  const bool whole =
      ::write(file, current->data(), current->size()) == static_cast<ssize_t>(current->size());
  ::close(file);
  current = nullptr;
  if (whole) std::fprintf(stderr, "the input is kept in %s\n", path.c_str());
}

extern "C" void on_signal(int number) {
  std::fputs(number == SIGALRM ? "the input takes too long\n" : "the input crashes\n", stderr);
  keep_current();
  std::signal(number, SIG_DFL);
  std::raise(number);
}

void run(const std::string& input) {
  current = &input;
  ::alarm(kSecondsPerInput);
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(input.data()), input.size());
  ::alarm(0);
  current = nullptr;
}

std::string read(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The quoted tokens of a libFuzzer dictionary (https://llvm.org/docs/LibFuzzer.html#dictionaries).
std::vector<std::string> read_dictionary(const std::filesystem::path& path) {
  std::vector<std::string> tokens;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const std::size_t from = line.find('"');
    const std::size_t to = line.rfind('"');
    if (line.starts_with('#') || from == std::string::npos || to <= from) continue;
    std::string token;
    for (std::size_t i = from + 1; i < to; ++i) {
      if (line[i] == '\\' && line.compare(i + 1, 1, "x") == 0 && i + 3 < to) {
        token += static_cast<char>(std::stoi(line.substr(i + 2, 2), nullptr, 16));
        i += 3;
      } else {
        if (line[i] == '\\') ++i;
        token += line[i];
      }
    }
    tokens.push_back(std::move(token));
  }
  return tokens;
}

/// splitmix64 (https://prng.di.unimi.it/splitmix64.c): the same numbers everywhere.
class Dice {
 public:
  std::size_t below(std::size_t count) {
    return count == 0 ? 0 : static_cast<std::size_t>(next() % count);
  }

 private:
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    return z ^ (z >> 31);
  }
  std::uint64_t state_ = 2026;
};

class Mutator {
 public:
  Mutator(const std::vector<std::string>& seeds, const std::vector<std::string>& tokens)
      : seeds_(&seeds), tokens_(&tokens) {}

  std::string mutate(std::string input) {
    for (std::size_t times = 1 + dice_.below(4); times > 0; --times) once(input);
    if (input.size() > kLargest) input.resize(kLargest);
    return input;
  }

 private:
  void once(std::string& input) {
    constexpr std::string_view kTelling("\0\xFF\x7F\x80\"\\{}[]<>,:;\n\r \t'0-.%/", 26);
    const std::size_t at = dice_.below(input.size() + 1);
    const std::size_t length = 1 + dice_.below(std::min<std::size_t>(input.size() + 1, 64));
    switch (dice_.below(9)) {
      case 0:
        if (at < input.size()) input[at] = static_cast<char>(input[at] ^ (1 << dice_.below(8)));
        break;
      case 1:
        if (at < input.size()) input[at] = kTelling[dice_.below(kTelling.size())];
        break;
      case 2:
        if (at < input.size()) input[at] = static_cast<char>(dice_.below(256));
        break;
      case 3:
        input.insert(at, 1, kTelling[dice_.below(kTelling.size())]);
        break;
      case 4:
        input.erase(at, length);
        break;
      case 5:
        input.insert(at, input.substr(dice_.below(input.size() + 1), length));
        break;
      case 6:
        input.resize(at);
        break;
      case 7: {
        const std::string& other = (*seeds_)[dice_.below(seeds_->size())];
        input.replace(at, std::string::npos, other, std::min(at, other.size()), std::string::npos);
        break;
      }
      default:
        if (tokens_->empty()) {
          input.insert(at, length, static_cast<char>(dice_.below(256)));
        } else {
          input.insert(at, (*tokens_)[dice_.below(tokens_->size())]);
        }
    }
  }

  const std::vector<std::string>* seeds_;
  const std::vector<std::string>* tokens_;
  Dice dice_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) {
    std::fprintf(stderr, "usage: %s <directory of seeds or one file> [<dictionary>]\n", argv[0]);
    return 2;
  }
  for (const int number : {SIGABRT, SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGALRM}) {
    std::signal(number, on_signal);
  }
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(keep_current);

  if (!std::filesystem::is_directory(argv[1])) {
    run(read(argv[1]));
    return 0;
  }
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(argv[1])) {
    if (entry.is_regular_file()) paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<std::string> seeds;
  for (const auto& path : paths) seeds.push_back(read(path));
  if (seeds.empty()) {
    std::fprintf(stderr, "%s: no seeds\n", argv[1]);
    return 2;
  }
  run("");
  for (const std::string& seed : seeds) run(seed);

  const std::vector<std::string> tokens =
      argc > 2 ? read_dictionary(argv[2]) : std::vector<std::string>{};
  Mutator mutator(seeds, tokens);
  const auto end = std::chrono::steady_clock::now() + kTime;
  std::size_t count = 0;
  for (std::size_t round = 0; round < kRoundsPerSeed; ++round) {
    for (const std::string& seed : seeds) {
      run(mutator.mutate(seed));
      ++count;
    }
    if (std::chrono::steady_clock::now() > end) break;
  }
  std::printf("%zu seeds and %zu mutations of them\n", seeds.size(), count);
  return 0;
}
