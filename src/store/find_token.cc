#include "store/find_token.h"

#include <bit>
#include <type_traits>

#include "base/hash.h"
#include "findings/filter.h"

namespace vigil::store {
namespace {

constexpr unsigned char kVersion = 1;

/// Bytes, least significant first.
class Writer {
 public:
  explicit Writer(std::string& out) : out_(out) {}
  void number(std::uint64_t value, std::size_t bytes) {
    for (std::size_t i = 0; i < bytes; ++i, value >>= 8U) out_ += static_cast<char>(value & 0xFFU);
  }
  void signed_number(std::int64_t value) { number(static_cast<std::uint64_t>(value), 8); }
  void text(std::string_view value) {
    number(value.size(), 4);
    out_ += value;
  }

 private:
  std::string& out_;
};

/// Reads what Writer wrote; whatever is missing fails at the end.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}
  std::uint64_t number(std::size_t bytes) {
    const std::string_view taken = take(bytes);
    std::uint64_t value = 0;
    for (std::size_t i = taken.size(); i-- > 0;) {
      value = value << 8U | static_cast<unsigned char>(taken[i]);
    }
    return value;
  }
  std::int64_t signed_number() { return static_cast<std::int64_t>(number(8)); }
  std::string_view text() { return take(number(4)); }
  [[nodiscard]] bool finished() const { return !failed_ && rest_.empty(); }

 private:
  std::string_view take(std::size_t bytes) {
    failed_ = failed_ || bytes > rest_.size();
    if (failed_) return {};
    const std::string_view out = rest_.substr(0, bytes);
    rest_.remove_prefix(bytes);
    return out;
  }

  std::string_view rest_;
  bool failed_ = false;
};

std::uint64_t digest(const FindQuery& query) {
  std::string text = findings::filter_json(query.filter);
  Writer out(text);
  out.number(static_cast<std::uint64_t>(query.sort), 1);
  out.number(query.descending ? 1 : 0, 1);
  for (const std::int64_t account : query.accounts) out.signed_number(account);
  return base::xxh3_64(text);
}

void write_value(Writer& out, const SortValue& value) {
  out.number(value.index(), 1);
  std::visit(
      [&](const auto& content) {
        using T = std::decay_t<decltype(content)>;
        if constexpr (std::is_same_v<T, std::int64_t>) out.signed_number(content);
        if constexpr (std::is_same_v<T, double>)
          out.number(std::bit_cast<std::uint64_t>(content), 8);
        if constexpr (std::is_same_v<T, std::string>) out.text(content);
      },
      value);
}

std::optional<SortValue> read_value(Reader& in) {
  switch (in.number(1)) {
    case 0:
      return SortValue{};
    case 1:
      return SortValue{in.signed_number()};
    case 2:
      return SortValue{std::bit_cast<double>(in.number(8))};
    case 3:
      return SortValue{std::string(in.text())};
    default:
      return std::nullopt;
  }
}

/// Walks of queries that are not sorted may go along dates.
bool fits(const SortValue& value, SortKind kind) {
  const SortKind own = kind == SortKind::None ? SortKind::Integer : kind;
  return value.index() == 0 || value.index() == static_cast<std::size_t>(own);
}

}  // namespace

std::string encode_token(const FindToken& token, const FindQuery& query) {
  std::string bytes;
  Writer out(bytes);
  out.number(kVersion, 1);
  out.number(digest(query), 8);
  out.number(static_cast<std::uint64_t>(token.plan.drive), 1);
  out.number(token.plan.lead, 2);
  out.number(token.last.portion, 4);
  write_value(out, token.last.value);
  out.signed_number(token.last.account);
  out.signed_number(token.last.tie);
  out.signed_number(token.last.outer);
  out.number(static_cast<std::uint64_t>(token.last.status), 1);
  out.signed_number(token.last.inner);
  return bytes;
}

Result<FindToken> decode_token(std::string_view bytes, const FindQuery& query) {
  const auto refuse = [](std::string what) {
    return fail(std::move(what), "nextToken", "ask for the first page again");
  };
  Reader in(bytes);
  if (in.number(1) != kVersion) return refuse("this is no page token");
  const bool is_of_query = in.number(8) == digest(query);
  FindToken token;
  const std::uint64_t drive = in.number(1);
  token.plan.lead = static_cast<std::uint16_t>(in.number(2));
  token.last.portion = static_cast<std::uint32_t>(in.number(4));
  auto value = read_value(in);
  token.last.account = in.signed_number();
  token.last.tie = in.signed_number();
  token.last.outer = in.signed_number();
  token.last.status = static_cast<int>(in.number(1));
  token.last.inner = in.signed_number();
  if (!in.finished() || !value || drive >= kDrives) return refuse("this is no page token");
  if (!is_of_query) return refuse("the page token belongs to another query");
  token.last.value = std::move(*value);
  token.plan.drive = static_cast<Drive>(drive);
  if (!fits(token.last.value, order_of(query.sort).kind) || !is_possible(token.plan, query)) {
    return refuse("this is no page token");
  }
  return token;
}

}  // namespace vigil::store
