import ArgumentParser

@main
struct Waltz: ParsableCommand {
  func run() {}
}
