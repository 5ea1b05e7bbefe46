fn main() {
    println!("{} primes below a million", primes::count_below(1_000_000));
}
