# The network of one region.
terraform {
  required_version = ">= 1.5"
}

provider "aws" {
  region = var.region
}

variable "region" {
  description = "Where everything is built."
  type        = string
  default     = "eu-west-1"
}

variable "sizes" {
  type = map(object({ cpu = number }))
}

locals {
  # In front of all names.
  prefix = "net-${var.region}"
  tags   = { team = "net" }
}

// The network itself.
resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"

  lifecycle {
    prevent_destroy = true
  }
}

resource "aws_subnet" "broken" {
  cidr_block = ]
}

data "aws_ami" "base" {
  most_recent = true
}

module "dns" {
  source = "./dns"
}

output "vpc_id" {
  value       = aws_vpc.main.id
  description = "For those who join the network."
  sensitive   = true
}
