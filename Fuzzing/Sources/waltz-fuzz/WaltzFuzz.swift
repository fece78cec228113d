import CLibFuzzer
import Foundation

/// Feeds one reader of Waltz with what libFuzzer makes up.
///
///     WALTZ_FUZZ=ENTRY waltz-fuzz [libFuzzer's options] [CORPUS… | FILE…]
///     waltz-fuzz prepare FOLDER     writes seeds and a dictionary
///     waltz-fuzz                    lists the entries
///
/// The entry is named in the environment, since libFuzzer starts copies of the program with arguments of its
/// own.
@main
struct WaltzFuzz {
  static func main() throws {
    guard let entry = FuzzEntry.chosen else {
      let arguments = CommandLine.arguments.dropFirst()
      if arguments.first == "prepare", let folder = arguments.dropFirst().first {
        try Seeds.write(to: URL(filePath: folder))
      } else {
        for entry in FuzzEntry.all { print(entry.name) }
      }
      return
    }
    // Everything that is made once is made before the first input, and its time counted to none.
    entry.read([])
    var count = CommandLine.argc
    var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
        FuzzEntry.chosen?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
        return 0
      })
  }
}
