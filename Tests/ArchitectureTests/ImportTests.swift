import Testing

@Suite("Imports go one way")
struct ImportTests {
  @Test("Every import of Sources stands in the table of its target")
  func importsAreAllowed() throws {
    let files = try SourceFile.swiftFiles(below: "Sources")
    try #require(files.count > 50)
    for file in files {
      let target = Layout.targets.first { $0.name == file.target }
      guard let target else {
        Issue.record("\(file.path): the table in Layout.swift has no target \(file.target).")
        continue
      }
      for found in SwiftCode(file.text).imports {
        #expect(
          target.everything.contains(found.module),
          "\(file.path):\(found.line): \(target.name) may not import \(found.module).")
      }
    }
  }

  @Test("Tests import only what Package.swift gives them")
  func testsImportWhatTheyDeclare() throws {
    let manifest = Manifest(try SourceFile.read("Package.swift").text)
    let always = Layout.foundation.union(Layout.libc).union(["Testing", "Synchronization"])
    for file in try SourceFile.swiftFiles(below: "Tests") {
      let declared = manifest.targets.first { $0.name == file.target }?.dependencies ?? []
      for found in SwiftCode(file.text).imports {
        #expect(
          declared.contains(found.module) || always.contains(found.module),
          "\(file.path):\(found.line): \(file.target) does not depend on \(found.module).")
      }
    }
  }

  @Test("Package.swift gives each target what the table allows, no more and no less")
  func manifestAgrees() throws {
    let manifest = Manifest(try SourceFile.read("Package.swift").text)
    #expect(manifest.shipped.map(\.name) == Layout.targets.map(\.name))
    for (declared, allowed) in zip(manifest.shipped, Layout.targets) {
      #expect(declared.dependencies == allowed.targets.union(allowed.modules), "\(allowed.name)")
    }
  }

  @Test("Nothing that ships depends on how it is tried or measured")
  func outsideStaysOutside() throws {
    let manifest = Manifest(try SourceFile.read("Package.swift").text)
    let outside = Set(manifest.targets.filter { !$0.isInSources }.map(\.name))
    #expect(outside == ["TestSupport", "waltz-bench"])
    for target in manifest.shipped {
      #expect(target.dependencies.isDisjoint(with: outside), "\(target.name)")
    }
  }

  @Test("A file imports other targets only from above in the table")
  func importsGoUp() throws {
    let places = Dictionary(
      uniqueKeysWithValues: Layout.targets.enumerated().map { ($1.name, $0) })
    for file in try SourceFile.swiftFiles(below: "Sources") {
      let own = try #require(places[file.target], "\(file.path)")
      for found in SwiftCode(file.text).imports {
        guard let place = places[found.module] else { continue }
        #expect(place < own, "\(file.path):\(found.line): \(found.module) stands below")
      }
    }
  }

  @Test("Each dependency has one door", arguments: Layout.doors.keys.sorted())
  func doors(module: String) {
    let importers = Self.imports.filter { $0.value.contains(module) }.keys
    #expect(Set(importers) == Layout.doors[module])
  }

  @Test("Every module of another package has a door")
  func everyModuleHasADoor() {
    let own = Layout.foundation.union(Layout.libc).union(Layout.targets.map(\.name))
      .union(["Dispatch", "SwiftOverlayShims", "Synchronization"])
    let foreign = Self.imports.values.reduce(into: Set<String>()) { $0.formUnion($1) }
    #expect(foreign.subtracting(own) == Set(Layout.doors.keys).subtracting(own))
  }

  @Test("Walls hold through other targets as well", arguments: Layout.walls.map(\.target))
  func walls(target: String) throws {
    try #require(Self.imports[target]?.isEmpty == false)
    let never = Layout.walls.filter { $0.target == target }.map(\.never)
    #expect(Layout.reach(of: target, in: Self.imports).isDisjoint(with: never.joined()))
  }

  /// What the files of each target of `Sources` import; read once, since it is much to read.
  private static let imports: [String: Set<String>] = {
    var imports: [String: Set<String>] = [:]
    for file in (try? SourceFile.swiftFiles(below: "Sources")) ?? [] {
      imports[file.target, default: []].formUnion(SwiftCode(file.text).imports.map(\.module))
    }
    return imports
  }()

  @Test("No module bears the name of a type in it")
  func moduleNames() throws {
    let keywords: Set<Substring> = ["struct", "enum", "class", "actor", "protocol", "typealias"]
    for file in try SourceFile.swiftFiles(below: "Sources") {
      let words = SwiftCode(file.text).words
      for (keyword, name) in zip(words, words.dropFirst()) where keywords.contains(keyword.text) {
        #expect(name.text != file.target, "\(file.path):\(name.line)")
      }
    }
  }
}
