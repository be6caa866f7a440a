#include "inventory/piece_readers.h"

#include <algorithm>

namespace vigil::inventory {

bool PieceReaders::serve(std::span<const Cataloger* const> catalogers) {
  return !catalogers.empty() &&
         std::all_of(catalogers.begin(), catalogers.end(),
                     [](const Cataloger* one) { return one->in_pieces != nullptr; });
}

PieceReaders::PieceReaders(std::span<const Cataloger* const> catalogers, const std::string& path)
    : catalogers_(catalogers), path_(path) {
  for (const Cataloger* cataloger : catalogers) readers_.push_back(cataloger->in_pieces(path));
}

void PieceReaders::take(std::string_view piece) {
  size_ += piece.size();
  for (const auto& reader : readers_) reader->take(piece);
}

void PieceReaders::finish(Context& context) {
  for (std::size_t i = 0; i < readers_.size(); ++i) {
    const std::uint64_t limit = catalogers_[i]->limit;
    if (size_ <= limit) {
      readers_[i]->finish(context);
    } else {
      context.problems.push_back(
          {path_, "the file is larger than " + std::to_string(limit) + " bytes"});
    }
  }
}

}  // namespace vigil::inventory
