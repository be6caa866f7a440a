#include "store/find_token.h"

#include "base/hash.h"
#include "findings/filter.h"
#include "store/token.h"

namespace vigil::store {
namespace {

std::uint64_t digest(const FindQuery& query) {
  std::string text = findings::filter_json(query.filter);
  text += ' ' + std::to_string(static_cast<int>(query.sort)) + (query.descending ? '-' : '+');
  for (const std::int64_t account : query.accounts) text += ' ' + std::to_string(account);
  return base::xxh3_64(text);
}

void write_value(TokenWriter& out, const SortValue& value) {
  out.byte(static_cast<std::uint8_t>(value.index()));
  if (const auto* number = std::get_if<std::int64_t>(&value)) out.number(*number);
  if (const auto* real = std::get_if<double>(&value)) out.real(*real);
  if (const auto* text = std::get_if<std::string>(&value)) out.text(*text);
}

SortValue read_value(TokenReader& in) {
  switch (in.byte()) {
    case 0:
      return {};
    case 1:
      return in.number();
    case 2:
      return in.real();
    case 3:
      return std::string(in.text());
    default:
      in.refuse();
      return {};
  }
}

/// Walks of queries that are not sorted may go along dates.
bool fits(const SortValue& value, SortKind kind) {
  const SortKind own = kind == SortKind::None ? SortKind::Integer : kind;
  return value.index() == 0 || value.index() == static_cast<std::size_t>(own);
}

}  // namespace

std::string encode_token(const FindToken& token, const FindQuery& query) {
  TokenWriter out(digest(query));
  out.byte(static_cast<std::uint8_t>(token.plan.drive)).number(token.plan.lead);
  out.number(token.last.portion);
  write_value(out, token.last.value);
  out.number(token.last.account).number(token.last.tie).number(token.last.outer);
  out.number(token.last.status).number(token.last.inner);
  return out.take();
}

Result<FindToken> decode_token(std::string_view bytes, const FindQuery& query) {
  TokenReader in(bytes, digest(query));
  FindToken token;
  const std::uint8_t drive = in.byte();
  token.plan.drive = static_cast<Drive>(drive);
  token.plan.lead = static_cast<std::uint16_t>(in.number());
  token.last.portion = static_cast<std::uint32_t>(in.number());
  token.last.value = read_value(in);
  token.last.account = in.number();
  token.last.tie = in.number();
  token.last.outer = in.number();
  token.last.status = static_cast<int>(in.number());
  token.last.inner = in.number();
  if (drive >= kDrives || !fits(token.last.value, order_of(query.sort).kind) ||
      !is_possible(token.plan, query)) {
    in.refuse();
  }
  VIGIL_CHECK(in.finish());
  return token;
}

}  // namespace vigil::store
