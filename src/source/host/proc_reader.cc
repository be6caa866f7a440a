#include "source/host/proc_reader.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <optional>

#include "base/text.h"
#include "tree/directory_reader.h"

namespace vigil::source {
namespace {

/// A process with a million mappings writes 100 MB; more is not read.
constexpr std::size_t kMaximum = 256 * 1024 * 1024;

}  // namespace

tree::Descriptor open_directory(int parent, const char* name) {
  return tree::Descriptor(::openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC));
}

bool read_whole(int directory, const char* name, std::string& content) {
  const tree::Descriptor file(::openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOCTTY));
  if (!file.valid()) return false;
  std::size_t length = 0;
  content.resize(std::max<std::size_t>(content.capacity(), 64 * 1024));
  for (;;) {
    const ssize_t count = ::read(file.get(), content.data() + length, content.size() - length);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return false;
    if (count == 0 || length > kMaximum) break;
    length += static_cast<std::size_t>(count);
    if (length == content.size()) content.resize(content.size() * 2);
  }
  content.resize(length);
  return true;
}

std::string_view read_link(int directory, const char* name, std::string& buffer) {
  buffer.resize(PATH_MAX);
  const ssize_t length = ::readlinkat(directory, name, buffer.data(), buffer.size());
  return length < 0 ? std::string_view()
                    : std::string_view(buffer).substr(0, static_cast<std::size_t>(length));
}

std::vector<std::uint32_t> numbered_entries(tree::Descriptor directory) {
  std::vector<std::uint32_t> numbers;
  if (!directory.valid()) return numbers;
  std::vector<char> buffer(tree::DirectoryReader::kBufferSize);
  tree::DirectoryReader reader(std::move(directory), buffer);
  while (const auto item = reader.next()) {
    const auto number = base::parse_unsigned(item->name);
    if (number && *number <= UINT32_MAX) numbers.push_back(static_cast<std::uint32_t>(*number));
  }
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

}  // namespace vigil::source
