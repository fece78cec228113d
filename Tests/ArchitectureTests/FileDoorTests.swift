import Testing

/// A place that may reach the file system, and what for. Everybody else hands it a path.
struct FileDoor: Sendable {
  /// A file, or a folder with a slash.
  let path: String
  let purpose: String

  static let all: [FileDoor] = [
    FileDoor(
      path: "Sources/WorkingTree/",
      purpose: "what a user or a file names: follows no link out of a repository"),
    FileDoor(path: "Sources/PrivateFiles/", purpose: "files of the state directory"),
    FileDoor(path: "Sources/RunStore/SQLite/", purpose: "the state file"),
    FileDoor(
      path: "Sources/RunStore/Runs/ProcessIdentity.swift",
      purpose: "what the system says of processes"),
    FileDoor(
      path: "Sources/Drivers/Commands/ProgramPlace.swift",
      purpose: "whether a program is there that a plan names"),
    FileDoor(path: "Sources/Estate/FileEstateLog.swift", purpose: "the log of a simulated estate"),
    FileDoor(path: "Sources/Lab/LabFolder.swift", purpose: "the folder of a lab"),
    FileDoor(
      path: "Sources/Rehearsal/RehearsalFolder.swift", purpose: "the folder of a rehearsal"),
    FileDoor(
      path: "Sources/Rehearsal/ExecutorProcess.swift",
      purpose: "what the executors of a rehearsal say"),
    FileDoor(path: "Sources/Runs/Worlds/SimulatedWorld.swift", purpose: "the folder of those logs"),
    FileDoor(
      path: "Sources/waltz/Support/Terminal.swift",
      purpose: "`/dev/null` in place of a stream that nobody opened"),
  ]

  /// Whether a file is behind the door.
  func leads(to file: SourceFile) -> Bool {
    path.hasSuffix("/") ? file.path.hasPrefix(path) : file.path == path
  }
}

@Suite("A path is opened in the places that are made for it")
struct FileDoorTests {
  /// What reaches the file system: calls of the system, their flags, and the types of Foundation that do.
  private static let habits: [Habit] = [
    .names(
      ["O_RDONLY", "O_WRONLY", "O_RDWR", "O_CREAT", "O_DIRECTORY", "O_PATH"], "opens a file"),
    .calls(
      [
        "fopen", "freopen", "openat", "opendir", "fdopendir", "creat", "mkdir", "mkdirat", "mkfifo",
        "rename", "renameat", "symlink", "symlinkat", "linkat", "unlink", "unlinkat", "rmdir",
        "truncate", "chmod", "fchmodat", "chown", "readlink", "readlinkat", "realpath", "scandir",
        "nftw",
        "lstat", "fstatat", "access", "faccessat", "glob", "dlopen",
      ], "reaches for a path"),
    .names(
      [
        "FileManager", "FileHandle", "InputStream", "OutputStream", "FileWrapper", "NSData",
        "FileDescriptor", "DatabaseQueue", "DatabasePool", "contentsOfFile", "URL",
      ], "reaches for a path"),
  ]

  @Test("Nowhere else")
  func doors() throws {
    for file in try SourceFile.swiftFiles(below: "Sources")
    where !FileDoor.all.contains(where: { $0.leads(to: file) }) {
      let code = SwiftCode(file.text)
      for habit in Self.habits {
        for line in habit.lines(in: code) {
          Issue.record(
            "\(file.path):\(line): \(habit.rule). Hand the path to a `WorkingFolder` instead.")
        }
      }
    }
  }

  @Test("No door is left open for nobody", arguments: FileDoor.all.map(\.path))
  func doorsAreNeeded(path: String) throws {
    let door = try #require(FileDoor.all.first { $0.path == path })
    let isUsed = try SourceFile.swiftFiles(below: "Sources").contains { file in
      door.leads(to: file)
        && Self.habits.contains { !$0.lines(in: SwiftCode(file.text)).isEmpty }
    }
    #expect(isUsed, "\(door.purpose)")
  }
}
