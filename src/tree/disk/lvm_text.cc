#include "tree/disk/lvm_text.h"

#include "base/text.h"

namespace vigil::tree::disk {
namespace {

constexpr int kMaximumDepth = 16;

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Result<LvmSection> section(int depth) {
    LvmSection section;
    if (depth > kMaximumDepth) return damaged("sections lie too deep");
    for (;;) {
      skip_blanks();
      if (at_end()) {
        if (depth > 0) return damaged("a section does not end");
        return section;
      }
      if (text_[at_] == '}') {
        if (depth == 0) return damaged("a section ends that did not begin");
        ++at_;
        return section;
      }
      VIGIL_TRY(std::string name, word());
      skip_blanks();
      if (take('{')) {
        VIGIL_TRY(section.sections[std::move(name)], this->section(depth + 1));
      } else if (take('=')) {
        skip_blanks();
        if (take('[')) {
          VIGIL_TRY(section.lists[std::move(name)], list());
        } else {
          VIGIL_TRY(section.values[std::move(name)], word());
        }
      } else {
        return damaged("a name without a value");
      }
    }
  }

 private:
  [[nodiscard]] bool at_end() const { return at_ >= text_.size() || text_[at_] == '\0'; }

  tl::unexpected<Error> damaged(const char* what) const {
    return fail(std::string("LVM metadata: ") + what, "byte " + std::to_string(at_));
  }

  bool take(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void skip_blanks() {
    while (!at_end()) {
      if (base::is_space(text_[at_])) {
        ++at_;
      } else if (text_[at_] == '#') {
        while (!at_end() && text_[at_] != '\n') ++at_;
      } else {
        return;
      }
    }
  }

  Result<std::vector<std::string>> list() {
    std::vector<std::string> items;
    for (;;) {
      skip_blanks();
      if (take(']')) return items;
      VIGIL_TRY(std::string item, word());
      items.push_back(std::move(item));
      skip_blanks();
      take(',');
    }
  }

  Result<std::string> word() {
    std::string out;
    if (take('"')) {
      while (!at_end() && text_[at_] != '"') {
        if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
        out += text_[at_++];
      }
      if (!take('"')) return damaged("a text does not end");
      return out;
    }
    const auto is_part = [](char c) {
      return base::is_alnum(c) || c == '_' || c == '-' || c == '+' || c == '.' || c == '/';
    };
    while (!at_end() && is_part(text_[at_])) out += text_[at_++];
    if (out.empty()) return damaged("neither a name nor a value");
    return out;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

std::string_view LvmSection::text(std::string_view name) const {
  const auto found = values.find(name);
  return found == values.end() ? std::string_view{} : std::string_view(found->second);
}

std::optional<std::uint64_t> LvmSection::number(std::string_view name) const {
  return base::parse_unsigned(text(name));
}

const std::vector<std::string>& LvmSection::list(std::string_view name) const {
  static const std::vector<std::string> kNone;
  const auto found = lists.find(name);
  return found == lists.end() ? kNone : found->second;
}

const LvmSection& LvmSection::section(std::string_view name) const {
  static const LvmSection kNone;
  const auto found = sections.find(name);
  return found == sections.end() ? kNone : found->second;
}

Result<LvmSection> parse_lvm_text(std::string_view text) {
  return Parser(text).section(0);
}

}  // namespace vigil::tree::disk
